package dev.ratchet.lm;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Products;
import dev.ratchet.tensor.Program;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.tensor.Torch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A decoder's weights in native memory and the passes over them.
 *
 * <p>Calls from several threads run one after another: one pass already uses every core.
 */
public final class Decoder implements AutoCloseable {
    /** The weight of a scalar reward head, as transformers names it. */
    public static final String SCORE = "score.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final String HEAD_ADAPTER = "lm_head.lora_A.weight";
    /** Probabilities that a pass keeps for its way back rather than computing them again: 256 MB of them. */
    private static final long MOST_PROBABILITIES = 1L << 26;
    /** Probabilities of attention, over all layers, up to which a pass keeps them rather than computing them again: 320 MB. */
    private static final long MOST_ATTENTION = 5L << 24;
    /** In place of a seed of dropout: a pass that is not trained on leaves nothing out. */
    private static final long WITHOUT_DROPOUT = Long.MIN_VALUE;
    /** Seeds travel as doubles, which are exact to 53 bits; some are left for the places that add to them. */
    private static final long MOST_SEEDS = (1L << 48) - 1;

    private final ModelConfig config;
    private final NDManager manager;
    private final Program program;
    private final DecoderWeights weights;
    private final NDArray inverse;
    private final Map<ComputeType, NDArray> shapes = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long version;

    /** Takes copies of the tensors, each of which must have its configured shape. */
    public Decoder(ModelConfig config, Map<String, Tensor> tensors) {
        this(config, Weights.of(tensors));
    }

    /** Copies the weights to native memory, one after another. */
    public Decoder(ModelConfig config, Weights source) {
        this.config = config;
        this.manager = Torch.newManager();
        Program loaded = null;
        try {
            loaded = Program.load("decoder", "training");
            weights = new DecoderWeights(manager, source);
            inverse = manager.create(config.rotary().inverseFrequencies(config.headWidth()));
            for (ComputeType type : ComputeType.values()) {
                shapes.put(type, host(manager).create(new long[] {config.layers(), config.heads(),
                    config.keyValueHeads(), config.headWidth(), type.scalarType(), Products.library().code()}));
            }
        } catch (RuntimeException | Error e) {
            if (loaded != null) {
                loaded.close();
            }
            manager.close();
            throw e;
        }
        this.program = loaded;
    }

    public ModelConfig config() {
        return config;
    }

    /** Copies of the base's weights, matrices first. */
    public Map<String, Tensor> tensors() {
        return locked(() -> DecoderWeights.copies(weights.base()));
    }

    /** The base's weights, matrices first, each copied to the heap when it is read. */
    public Weights weights() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.base().forEach((name, array) -> shapes.put(name, array.getShape().getShape()));
        return new Weights() {
            @Override
            public Map<String, long[]> shapes() {
                return shapes;
            }

            @Override
            public Tensor read(String name) {
                return locked(() -> new Tensor(shapes.get(name), weights.base().get(name).toFloatArray()));
            }
        };
    }

    /** Replaces the values of the base's weights, whose names and shapes stay. */
    public void assign(Map<String, Tensor> tensors) {
        locked(() -> {
            weights.base().forEach((name, array) -> array.set(tensors.get(name).values()));
            changed();
            return null;
        });
    }

    /** SHA-256 of what acts now, the base's weights and the active adapter with its dropout, in hexadecimal. */
    public String digest() {
        return locked(() -> {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                sha.update((config + "|" + weights.dropout()).getBytes(StandardCharsets.UTF_8));
                weights.dictionary().forEach((name, array) -> {
                    sha.update(name.getBytes(StandardCharsets.UTF_8));
                    sha.update(array.toByteBuffer());
                });
                return HexFormat.of().formatHex(sha.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Copies of what training changes: the base's weights, or the active adapter's. */
    public Map<String, Tensor> trained() {
        return locked(() -> DecoderWeights.copies(weights.trainable()));
    }

    /** Replaces the values of what training changes. */
    public void assignTrained(Map<String, Tensor> tensors) {
        locked(() -> {
            weights.trainable().forEach((name, array) -> array.set(tensors.get(name).values()));
            changed();
            return null;
        });
    }

    /**
     * Puts a low-rank adapter (Hu et al., 2021) over the base, which several may share; it acts once it is activated.
     *
     * @param name a name that no attached adapter has
     * @param tensors {@code MODULE.lora_A.weight} [rank, in] and {@code MODULE.lora_B.weight} [out, rank] for
     *     projections such as {@code model.layers.0.mlp.up_proj}; any other name is a weight of the base, which this
     *     adapter has its own of
     * @param scales for each module, what B(A(x)) is multiplied by
     * @param dropout of the input of A in training, in [0, 1)
     */
    public void attach(String name, Map<String, Tensor> tensors, Map<String, Double> scales, double dropout) {
        locked(() -> {
            weights.attach(name, tensors, scales, dropout);
            return null;
        });
    }

    /** Makes an attached adapter act and be what training changes; null for the base alone. */
    public void activate(String name) {
        locked(() -> {
            weights.activate(name);
            changed();
            return null;
        });
    }

    /** Whether an adapter acts. */
    public boolean adapted() {
        return locked(weights::adapted);
    }

    /** Frees an adapter; where it was active, the base alone is. */
    public void detach(String name) {
        locked(() -> {
            weights.detach(name);
            changed();
            return null;
        });
    }

    /** Copies of an attached adapter's tensors, under the names that they came with. */
    public Map<String, Tensor> adapterTensors(String name) {
        return locked(() -> weights.adapter(name));
    }

    /** Logits [rows, width of the longest row, vocabulary] in row-major order: for comparing networks. */
    public float[] logits(List<Row> rows, ComputeType type) {
        return locked(() -> {
            try (NDManager scope = manager.newSubManager()) {
                Layout layout = new Layout(rows);
                Object[] inputs = inputs(scope, layout, type, WITHOUT_DROPOUT);
                float[] stream = program.call(scope, "logits", false, inputs).get(0)
                        .toType(DataType.FLOAT32, false).toFloatArray();
                int line = config.vocabularySize();
                int width = rows.stream().mapToInt(Row::length).max().orElseThrow();
                float[] ordered = new float[rows.size() * width * line];
                for (int row = 0; row < rows.size(); row++) {
                    System.arraycopy(stream, layout.first[row] * line, ordered, row * width * line,
                            rows.get(row).length() * line);
                }
                return ordered;
            }
        });
    }

    /** What one pass gives, in the order of rows and continuations. */
    public enum Head {
        /** The log-probability of each continuation, summed over its learned tokens, in nats. */
        LOG_PROBABILITY,
        /** The log-probability of each learned token, in nats. */
        TOKEN_LOG_PROBABILITY,
        /** The score head on the hidden state of each continuation's last token. */
        REWARD,
        /** The mean of the score head over the hidden states of each continuation's learned tokens. */
        MEAN_REWARD;

        /** How many numbers a row gives. */
        public int outputs(Row row) {
            return this == TOKEN_LOG_PROBABILITY
                    ? IntStream.range(0, row.continuations().size()).map(row::outputs).sum()
                    : row.continuations().size();
        }

        String method() {
            return probabilities() ? "log_probabilities" : "rewards";
        }

        boolean probabilities() {
            return this == LOG_PROBABILITY || this == TOKEN_LOG_PROBABILITY;
        }
    }

    /** The head's outputs, without gradients. */
    public double[] evaluate(List<Row> rows, Head head, ComputeType type) {
        return locked(() -> {
            try (NDManager scope = manager.newSubManager()) {
                Layout layout = new Layout(rows);
                Object[] inputs = inputs(scope, layout, head, type, new Keeping(0, 0), WITHOUT_DROPOUT);
                return outputs(doubles(program.call(scope, head.method(), false, inputs).get(0)), layout, head);
            }
        });
    }

    /** Sums over each continuation's tokens where the head asks for that; in double precision, in order. */
    private static double[] outputs(double[] raw, Layout layout, Head head) {
        if (head != Head.LOG_PROBABILITY) {
            return raw;
        }
        double[] sums = new double[layout.continuations];
        for (int i = 0; i < raw.length; i++) {
            sums[(int) layout.owner[i]] += raw[i];
        }
        return sums;
    }

    /**
     * Opens a pass that can go back; the caller closes it.
     *
     * @param checkpoint whether only each layer's input is kept, and the layer computed again on the way back
     * @param seed of dropout, where the active adapter has it
     */
    Pass open(List<Row> rows, Head head, ComputeType type, boolean checkpoint, long seed) {
        int outputs = rows.stream().mapToInt(Head.TOKEN_LOG_PROBABILITY::outputs).sum();
        return open(rows, head, type, new Keeping(checkpoint ? 2 : trunkKeeping(rows), headKeeping(outputs)), seed);
    }

    Pass open(List<Row> rows, Head head, ComputeType type, Keeping keeping, long seed) {
        return new Pass(rows, head, type, keeping, seed);
    }

    Pass open(List<Row> rows, Head head, ComputeType type) {
        return open(rows, head, type, false, 0);
    }

    /** What a pass keeps for the way back, as the program numbers it. */
    record Keeping(int trunk, int head) {
    }

    /** A pass, its outputs, and the way back to the weights. */
    final class Pass implements AutoCloseable {
        private final NDManager scope;
        private final Object[] inputs;
        private final NDList outputs;
        private final double[] values;
        private final Layout layout;
        private final Head head;

        private Pass(List<Row> rows, Head head, ComputeType type, Keeping keeping, long seed) {
            lock.lock();
            this.head = head;
            try {
                scope = manager.newSubManager();
            } catch (RuntimeException | Error e) {
                lock.unlock();
                throw e;
            }
            try {
                layout = new Layout(rows);
                inputs = inputs(scope, layout, head, type, keeping, seed);
                outputs = program.call(scope, head.method(), false, inputs);
                values = Decoder.outputs(doubles(outputs.get(0)), layout, head);
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }

        /** The head's outputs. */
        double[] values() {
            return values;
        }

        /** The mean entropy of what the model says at the learned tokens, in nats; NaN where the head is a reward. */
        double entropies() {
            return head.probabilities() ? Arrays.stream(doubles(outputs.get(1))).average().orElseThrow() : Double.NaN;
        }

        /** Learned tokens per continuation. */
        int[] lengths() {
            return layout.lengths;
        }

        /** Tokens of the pass, padding left out. */
        int tokens() {
            return layout.tokens;
        }

        /** Adds the gradient of sum(values x coefficients) to {@code sums}, which has an array for each name. */
        void accumulate(double[] coefficients, Map<String, NDArray> sums) {
            double[] each = coefficients;
            if (head == Head.LOG_PROBABILITY) {
                each = Arrays.stream(layout.owner).mapToDouble(i -> coefficients[(int) i]).toArray();
            }
            program.call(scope, head.method() + "_back", false, concat(inputs, scope.create(each), outputs, sums));
        }

        @Override
        public void close() {
            try {
                scope.close();
            } finally {
                lock.unlock();
            }
        }
    }

    /** What the trunk keeps where no layer is computed again: its attention as well, where that is little. */
    private int trunkKeeping(List<Row> rows) {
        long pairs = rows.stream().mapToLong(row -> (long) row.length() * row.length()).sum();
        return pairs * config.heads() * config.layers() <= MOST_ATTENTION ? 3 : 1;
    }

    /** What the head keeps: with frozen weights it needs little, else its probabilities where they are few. */
    private int headKeeping(int targets) {
        Map<String, NDArray> trained = weights.trainable();
        boolean frozen = !trained.containsKey(EMBEDDING) && !trained.containsKey(HEAD)
                && !trained.containsKey(HEAD_ADAPTER);
        if (frozen) {
            return 1;
        }
        return (long) targets * config.vocabularySize() <= MOST_PROBABILITIES ? 2 : 3;
    }

    private Object[] inputs(NDManager scope, Layout layout, Head head, ComputeType type, Keeping keeping, long seed) {
        Object[] common = inputs(scope, layout, type, seed);
        NDArray options = host(scope).create(new long[] {keeping.trunk, keeping.head, layout.continuations});
        return switch (head) {
            case LOG_PROBABILITY, TOKEN_LOG_PROBABILITY ->
                    concat(common, scope.create(layout.from), scope.create(layout.targets), options);
            case REWARD -> concat(common, scope.create(layout.last),
                    scope.ones(new Shape(layout.continuations)),
                    scope.create(IntStream.range(0, layout.continuations).asLongStream().toArray()), options);
            case MEAN_REWARD -> concat(common, scope.create(layout.own), scope.create(shares(layout)),
                    scope.create(layout.owner), options);
        };
    }

    private static float[] shares(Layout layout) {
        float[] shares = new float[layout.owner.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 1f / layout.lengths[(int) layout.owner[i]];
        }
        return shares;
    }

    private static Object[] concat(Object[] first, Object... more) {
        Object[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    /** An owner on the CPU, for numbers that steer the program: it need not wait for a GPU to read them. */
    private static NDManager host(NDManager scope) {
        return scope.newSubManager(Device.cpu());
    }

    private Object[] inputs(NDManager scope, Layout layout, ComputeType type, long seed) {
        return new Object[] {scope.create(layout.ids), scope.create(layout.positions), scope.create(layout.segments),
                host(scope).create(layout.bundles, new Shape(layout.bundles.length / 3, 3)), weights.dictionary(),
                inverse, shapes.get(type),
                host(scope).create(new double[] {config.normEpsilon(), seed == WITHOUT_DROPOUT ? 0 : weights.dropout(),
                    seed & MOST_SEEDS})};
    }

    /** Counts the changes of the weights, so that who keeps something made of them knows when it is out of date. */
    long version() {
        return version;
    }

    /** To be called by whoever changes a weight in place. */
    void changed() {
        version++;
    }

    /** What the program looks weights up in, under their checkpoint names. */
    Map<String, NDArray> dictionary() {
        return weights.dictionary();
    }

    /** The rotary positions' inverse frequencies. */
    NDArray inverse() {
        return inverse;
    }

    /** Names of what training changes. */
    List<String> names() {
        return weights.names();
    }

    /** What training changes, as arrays, matrices first. */
    List<NDArray> parameters() {
        return weights.parameters();
    }

    NDManager manager() {
        return manager;
    }

    Program program() {
        return program;
    }

    <T> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static double[] doubles(NDArray array) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.toDoubleArray();
        }
        float[] values = array.toFloatArray();
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Override
    public void close() {
        locked(() -> {
            program.close();
            manager.close();
            return null;
        });
    }
}
