package dev.ratchet.reward;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.ModelFormatException;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder with a scalar head: the score of a reply, read from its tokens by a {@link Pooling}.
 *
 * <p>Stored as transformers stores a {@code LlamaForSequenceClassification} with one label; {@code config.json} names
 * the pooling, {@code last} where it does not.
 */
public final class RewardModel implements AutoCloseable {
    private static final String OUTPUT_HEAD = "lm_head.weight";
    private static final String POOLING = "reward_pooling";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Decoder decoder;
    private final ConversationEncoder encoder;
    private final ComputeType computeType;
    private final Pooling pooling;

    private RewardModel(Decoder decoder, ConversationEncoder encoder, ComputeType computeType, Pooling pooling) {
        this.pooling = pooling;
        this.decoder = decoder;
        this.encoder = encoder;
        this.computeType = computeType;
    }

    /** A reward model that starts from a language model's layers, with a head of zeros: every reply scores 0. */
    public static RewardModel fromTrunk(LanguageModel trunk, Pooling pooling) {
        return fromTrunk(trunk, pooling, new float[trunk.config().width()]);
    }

    /** The same with a given head, [width]. */
    static RewardModel fromTrunk(LanguageModel trunk, Pooling pooling, float[] head) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(trunk.decoder().tensors());
        tensors.remove(OUTPUT_HEAD);
        tensors.put(Decoder.SCORE, new Tensor(new long[] {1, trunk.config().width()}, head));
        return new RewardModel(new Decoder(trunk.config(), tensors), trunk.encoder(), trunk.computeType(), pooling);
    }

    /**
     * Loads a folder that {@link #save} wrote.
     *
     * @throws ModelFormatException in one line, where the folder does not hold a whole reward model
     */
    public static RewardModel load(Path folder, ComputeType computeType) {
        if (!Files.isDirectory(folder)) {
            throw new ModelFormatException(folder + " is no folder.");
        }
        ModelConfig config = ModelConfig.read(folder);
        Map<String, long[]> expected = new LinkedHashMap<>(config.weights());
        expected.remove(OUTPUT_HEAD);
        expected.put(Decoder.SCORE, new long[] {1, config.width()});
        Map<String, Tensor> weights = LanguageModel.weights(folder, expected);
        return new RewardModel(new Decoder(config, weights), ConversationEncoder.load(folder, config), computeType,
                pooling(folder));
    }

    private static Pooling pooling(Path folder) {
        try {
            return Pooling.of(JSON.readTree(folder.resolve("config.json").toFile()).path(POOLING).asText("last"));
        } catch (IOException e) {
            throw new ModelFormatException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    public Pooling pooling() {
        return pooling;
    }

    public Decoder decoder() {
        return decoder;
    }

    public ConversationEncoder encoder() {
        return encoder;
    }

    /** The score of each reply, higher for better; a prompt too long for the context is refused. */
    public double[] score(List<Judged> judged) {
        return score(judged, ProgressListener.SILENT);
    }

    public double[] score(List<Judged> judged, ProgressListener listener) {
        List<Row> rows = judged.stream().map(j -> {
            Example example = encoder.example(j.conversation(), j.reply());
            return new Row(example.prompt(), List.of(example.completion()));
        }).toList();
        return LanguageModel.evaluate(decoder, rows, pooling.head(), computeType, listener);
    }

    /**
     * The share of pairs whose chosen reply scores higher, ties as halves, each pair counted by its weight.
     *
     * @return a number in [0, 1]
     */
    public double accuracy(List<PreferencePair> pairs) {
        return accuracyOf(pairs.stream().map(p -> EncodedPair.of(encoder, p)).toList());
    }

    double accuracyOf(List<EncodedPair> pairs) {
        double[] scores = LanguageModel.evaluate(decoder, pairs.stream().map(EncodedPair::row).toList(),
                pooling.head(), computeType, ProgressListener.SILENT);
        double right = 0;
        double all = 0;
        for (int i = 0; i < pairs.size(); i++) {
            right += pairs.get(i).weight() * (1 + Math.signum(scores[2 * i] - scores[2 * i + 1])) / 2;
            all += pairs.get(i).weight();
        }
        return right / all;
    }

    /** Writes a Hugging Face folder. */
    public void save(Path folder, StorageType storage) throws IOException {
        ObjectNode json = decoder.config().toJson(storage);
        json.put(POOLING, pooling.code());
        json.putArray("architectures").add("LlamaForSequenceClassification");
        json.putObject("id2label").put("0", "LABEL_0");
        json.putObject("label2id").put("LABEL_0", 0);
        encoder.save(folder, json);
        Safetensors.write(folder.resolve("model.safetensors"), decoder.tensors(), storage, Map.of("format", "pt"));
    }

    /** Writes a Hugging Face folder with float32 weights. */
    public void save(Path folder) throws IOException {
        save(folder, StorageType.FLOAT32);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
