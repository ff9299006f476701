package dev.ratchet.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Adapter;
import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.Adapters;
import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.ModelFolder;
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
import java.util.Optional;

/**
 * A decoder with a scalar head: the score of a reply, read from its tokens by a {@link Pooling}.
 *
 * <p>Stored as transformers stores its family's {@code ForSequenceClassification} with one label;
 * {@code config.json} names the pooling, {@code last} where it does not.
 */
public final class RewardModel implements AutoCloseable {
    private static final String OUTPUT_HEAD = "lm_head.weight";
    private static final String POOLING = "reward_pooling";
    private static final String ADAPTER = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Decoder decoder;
    private final ConversationEncoder encoder;
    private final ComputeType computeType;
    private final Pooling pooling;
    private final Adapters adapters;

    private RewardModel(Decoder decoder, ConversationEncoder encoder, ComputeType computeType, Pooling pooling) {
        this.pooling = pooling;
        this.decoder = decoder;
        this.encoder = encoder;
        this.computeType = computeType;
        this.adapters = new Adapters(decoder);
    }

    /** A reward model that starts from a language model's layers, with a head of zeros: every reply scores 0. */
    public static RewardModel fromTrunk(LanguageModel trunk, Pooling pooling) {
        return fromTrunk(trunk, pooling, new float[trunk.config().width()]);
    }

    /** The same with a given head, [width]. */
    public static RewardModel fromTrunk(LanguageModel trunk, Pooling pooling, float[] head) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(trunk.adapters().merged());
        tensors.remove(OUTPUT_HEAD);
        tensors.put(Decoder.SCORE, new Tensor(new long[] {1, trunk.config().width()}, head));
        return new RewardModel(new Decoder(trunk.config(), tensors), trunk.encoder(), trunk.computeType(), pooling);
    }

    /**
     * Loads a folder that {@link #save} wrote, or one that {@link #saveAdapter} wrote with the base that it names.
     *
     * @throws ModelFormatException in one line, where the folder does not hold a whole reward model
     */
    public static RewardModel load(Path folder, ComputeType computeType) {
        if (!Files.isDirectory(folder)) {
            throw new ModelFormatException(folder + " is no folder.");
        }
        if (AdapterFolder.is(folder)) {
            return loadAdapter(folder, AdapterFolder.basePath(folder), computeType);
        }
        ModelConfig config = ModelConfig.read(folder);
        Map<String, long[]> expected = new LinkedHashMap<>(config.weights());
        expected.remove(OUTPUT_HEAD);
        expected.put(Decoder.SCORE, new long[] {1, config.width()});
        return new RewardModel(new Decoder(config, ModelFolder.weights(folder, expected)),
                ConversationEncoder.load(folder, config), computeType,
                pooling(folder));
    }

    /**
     * Loads a base with a LoRA adapter over it that brings its own score head.
     *
     * @param adapter a folder as PEFT writes it for sequence classification
     * @param base the folder of a language model or of a reward model
     */
    public static RewardModel loadAdapter(Path adapter, Path base, ComputeType computeType) {
        Optional<Pooling> noted = AdapterFolder.note(adapter, POOLING).map(Pooling::of);
        RewardModel model = base(base, noted, computeType);
        try {
            Adapter read = AdapterFolder.read(adapter, model.decoder.config());
            if (!read.weights().containsKey(Decoder.SCORE)) {
                throw new ModelFormatException(adapter + " is no adapter of a reward model: it brings no "
                        + Decoder.SCORE + ".");
            }
            model.adapters.attach(ADAPTER, read);
            model.adapters.activate(ADAPTER);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** @param pooling of the adapter that shall lie over the base; the base's own where it says none */
    private static RewardModel base(Path folder, Optional<Pooling> pooling, ComputeType computeType) {
        if (Files.isDirectory(folder) && configuration(folder).path("architectures").path(0).asText()
                .endsWith("ForSequenceClassification")) {
            RewardModel scored = load(folder, computeType);
            return new RewardModel(scored.decoder, scored.encoder, computeType, pooling.orElse(scored.pooling));
        }
        try (LanguageModel trunk = LanguageModel.load(folder, computeType)) {
            return fromTrunk(trunk, pooling.orElse(Pooling.LAST));
        }
    }

    private static Pooling pooling(Path folder) {
        return Pooling.of(configuration(folder).path(POOLING).asText("last"));
    }

    private static JsonNode configuration(Path folder) {
        try {
            return JSON.readTree(folder.resolve("config.json").toFile());
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

    /** The LoRA adapters over this model's weights. */
    public Adapters adapters() {
        return adapters;
    }

    /**
     * Puts a new LoRA adapter over the layers, with a score head of its own that begins as the present one: training
     * from now on changes these two in place of the weights.
     *
     * @param base what the adapter's files shall call the model without them
     * @param seed decides the adapter's first values
     */
    public void adapt(LoraSpec spec, long seed, String base) {
        Adapter fresh = Adapter.create(decoder.config(), spec, seed, base);
        Map<String, Tensor> weights = new LinkedHashMap<>(fresh.weights());
        weights.put(Decoder.SCORE, decoder.tensors().get(Decoder.SCORE));
        adapters.attach(ADAPTER, fresh.with(weights));
        adapters.activate(ADAPTER);
    }

    public ConversationEncoder encoder() {
        return encoder;
    }

    /** The score of each reply, higher for better; a prompt too long for the context is refused. */
    public double[] score(List<Judged> judged) {
        return score(judged, ProgressListener.SILENT);
    }

    public double[] score(List<Judged> judged, ProgressListener listener) {
        return scores(judged.stream().map(j -> encoder.example(j.conversation(), j.reply())).toList(), listener);
    }

    /**
     * As {@link #score}, but a reply that is too long for the context is scored by what fits: replies that a policy
     * wrote need not end in time, nor stay within this model's context.
     */
    public double[] scoreTruncated(List<Judged> judged) {
        return scores(judged.stream().map(j -> encoder.truncated(j.conversation(), j.reply())).toList(),
                ProgressListener.SILENT);
    }

    private double[] scores(List<Example> examples, ProgressListener listener) {
        List<Row> rows = examples.stream().map(Row::of).toList();
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

    /** Writes a Hugging Face folder, an active adapter merged into the weights. */
    public void save(Path folder, StorageType storage) throws IOException {
        ObjectNode json = decoder.config().toJson(storage);
        json.put(POOLING, pooling.code());
        json.putArray("architectures").add(decoder.config().family().architecture()
                .replace("ForCausalLM", "ForSequenceClassification"));
        json.putObject("id2label").put("0", "LABEL_0");
        json.putObject("label2id").put("LABEL_0", 0);
        encoder.save(folder, json);
        Safetensors.write(folder.resolve("model.safetensors"), adapters.merged(), storage, Map.of("format", "pt"));
    }

    /**
     * Writes the active adapter and its score head alone, as PEFT does.
     *
     * @throws IllegalStateException where no adapter is active
     */
    public void saveAdapter(Path folder, StorageType storage) throws IOException {
        AdapterFolder.write(folder, adapters.current().orElseThrow(() ->
                new IllegalStateException("No adapter is active that could be saved.")), decoder.config(), storage,
                Map.of(POOLING, pooling.code()));
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
