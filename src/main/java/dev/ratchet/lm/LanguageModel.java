package dev.ratchet.lm;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A language model from a Hugging Face folder: it writes replies, says how likely a reply is, and can be trained.
 *
 * <p>Safe to call from several threads; passes run one after another.
 */
public final class LanguageModel implements AutoCloseable {
    private static final int EVALUATION_TOKENS = 8192;
    private static final String ADAPTER = "default";

    private final Decoder decoder;
    private final ConversationEncoder encoder;
    private final ComputeType computeType;
    private final Generator generator;
    private final Adapters adapters;

    private LanguageModel(Decoder decoder, ConversationEncoder encoder, ComputeType computeType) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.computeType = computeType;
        this.generator = new Generator(decoder, encoder);
        this.adapters = new Adapters(decoder);
    }

    /**
     * Loads a Hugging Face folder ({@code config.json}, safetensors, {@code tokenizer.json}, and what else of the
     * tokenizer there is), a GGUF file, or the folder of a LoRA adapter with the base that it names.
     *
     * @throws ModelFormatException in one line, where it does not hold a whole model of a {@link ModelFamily}
     */
    public static LanguageModel load(Path path, ComputeType computeType) {
        if (AdapterFolder.is(path)) {
            return loadAdapter(path, AdapterFolder.basePath(path), computeType);
        }
        StoredModel stored = StoredModel.open(path);
        ConversationEncoder encoder = stored.encoder();
        return new LanguageModel(new Decoder(stored.config(), stored.weights()), encoder, computeType);
    }

    /**
     * Loads a base model with a LoRA adapter over it, which is active.
     *
     * @param adapter a folder as PEFT writes it
     * @param base what {@link #load} takes, whatever base the adapter names
     */
    public static LanguageModel loadAdapter(Path adapter, Path base, ComputeType computeType) {
        LanguageModel model = load(base, computeType);
        try {
            model.adapters.attach(ADAPTER, AdapterFolder.read(adapter, model.config()));
            model.adapters.activate(ADAPTER);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Reads the named tensors of a folder's safetensors, each of which must be there with its shape. */
    public static Map<String, Tensor> weights(Path folder, Map<String, long[]> expected) {
        return ModelFolder.weights(folder, expected).readAll();
    }

    /**
     * A new model with random weights: normal with the configured spread, output projections narrowed by the depth.
     *
     * @param tokenizerFolder where {@code tokenizer.json} and its companions lie
     */
    public static LanguageModel initialise(ModelConfig config, Path tokenizerFolder, long seed) {
        java.util.Random random = new java.util.Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.weights().forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
            if (shape.length == 1) {
                Arrays.fill(values, name.endsWith(".bias") ? 0 : 1);
            } else {
                boolean output = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
                double spread = config.initialiserRange() / (output ? Math.sqrt(2.0 * config.layers()) : 1);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (random.nextGaussian() * spread);
                }
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return new LanguageModel(new Decoder(config, tensors), ConversationEncoder.load(tokenizerFolder, config),
                ComputeType.FLOAT32);
    }

    public ModelConfig config() {
        return decoder.config();
    }

    public int contextLength() {
        return decoder.config().contextLength();
    }

    public ComputeType computeType() {
        return computeType;
    }

    public Decoder decoder() {
        return decoder;
    }

    /** The LoRA adapters over this model's weights. */
    public Adapters adapters() {
        return adapters;
    }

    /**
     * Puts a new LoRA adapter over the weights, which every training from now on changes in their place.
     *
     * @param base what the adapter's files shall call this model
     * @param seed decides the adapter's first values
     */
    public void adapt(LoraSpec spec, long seed, String base) {
        adapters.attach(ADAPTER, Adapter.create(config(), spec, seed, base));
        adapters.activate(ADAPTER);
    }

    public ConversationEncoder encoder() {
        return encoder;
    }

    public Tokenizer tokenizer() {
        return encoder.tokenizer();
    }

    /**
     * A model of its own with the same weights, an active adapter merged into them: a frozen reference, or the start of
     * another run.
     */
    public LanguageModel copy(ComputeType type) {
        return new LanguageModel(new Decoder(config(), adapters.acting()), encoder, type);
    }

    /** The prompt's tokens: see {@link ConversationEncoder#prompt}. */
    public int[] prompt(List<Message> conversation) {
        return encoder.prompt(conversation);
    }

    /** A conversation and a reply as tokens: see {@link ConversationEncoder#example}. */
    public Example example(List<Message> conversation, String reply) {
        return encoder.example(conversation, reply);
    }

    /** The log-probability of each completion given its prompt, in nats, summed over its tokens. */
    public double[] logProbabilities(List<Example> examples) {
        return logProbabilities(examples, computeType);
    }

    public double[] logProbabilities(List<Example> examples, ComputeType type) {
        return evaluate(decoder, examples.stream().map(Row::of).toList(), Decoder.Head.LOG_PROBABILITY, type,
                ProgressListener.SILENT);
    }

    /** The head's outputs, in the rows' order; computed in length-sorted batches. */
    public static double[] evaluate(Decoder decoder, List<Row> rows, Decoder.Head head, ComputeType type,
            ProgressListener listener) {
        int[] order = IntStream.range(0, rows.size()).boxed()
                .sorted(Comparator.comparingInt(i -> rows.get(i).length())).mapToInt(Integer::intValue).toArray();
        int[] first = new int[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            first[i + 1] = first[i] + head.outputs(rows.get(i));
        }
        double[] values = new double[first[rows.size()]];
        for (int begin = 0; begin < order.length;) {
            int end = begin + 1;
            while (end < order.length
                    && (long) rows.get(order[end]).length() * (end + 1 - begin) <= EVALUATION_TOKENS) {
                end++;
            }
            List<Row> batch = Arrays.stream(order, begin, end).mapToObj(rows::get).toList();
            double[] own = decoder.evaluate(batch, head, type);
            int taken = 0;
            for (int i = begin; i < end; i++) {
                int count = head.outputs(rows.get(order[i]));
                System.arraycopy(own, taken, values, first[order[i]], count);
                taken += count;
            }
            begin = end;
            listener.progress(end, order.length);
        }
        return values;
    }

    /**
     * Replies to conversations, in their order.
     *
     * @throws ContextLengthException where a prompt leaves no room for a reply
     */
    public List<Completion> generate(List<List<Message>> conversations, Sampling sampling, ProgressListener listener) {
        return generateTokens(conversations.stream().map(this::prompt).toList(), sampling, listener);
    }

    /** Continuations of prompts that are given as tokens, in their order. */
    public List<Completion> generateTokens(List<int[]> prompts, Sampling sampling, ProgressListener listener) {
        return generator.generate(prompts, sampling, weightType(), listener);
    }

    /**
     * How generation holds the weights where no type is named: float32 while an adapter acts. It is merged into the
     * weights for generation, and coarser ones would round a small change of them away.
     */
    public WeightType weightType() {
        return decoder.adapted() ? WeightType.FLOAT32 : WeightType.of(computeType);
    }

    /** Generation with weights of a type of one's choice. */
    public Generator generator() {
        return generator;
    }

    /** Writes a Hugging Face folder: configuration, weights with an active adapter merged in, tokenizer, template. */
    public void save(Path folder, StorageType storage) throws IOException {
        encoder.save(folder, config().toJson(storage));
        Weights weights = adapters.acting();
        Safetensors.write(folder.resolve("model.safetensors"), weights.shapes(), weights::read, storage,
                Map.of("format", "pt"));
    }

    /**
     * Writes the active adapter alone, as PEFT does.
     *
     * @throws IllegalStateException where no adapter is active
     */
    public void saveAdapter(Path folder, StorageType storage) throws IOException {
        AdapterFolder.write(folder, adapters.current().orElseThrow(() ->
                new IllegalStateException("No adapter is active that could be saved.")), config(), storage);
    }

    @Override
    public void close() {
        generator.close();
        decoder.close();
        // The encoder is shared with copies of this model; its native part is freed with the last of them.
    }
}
