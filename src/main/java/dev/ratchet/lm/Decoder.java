package dev.ratchet.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Program;
import dev.ratchet.tensor.Tensor;
import dev.ratchet.tensor.Torch;
import java.util.ArrayList;
import java.util.Comparator;
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

    private final ModelConfig config;
    private final NDManager manager;
    private final Program program;
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final NDArray inverse;
    private final NDArray reals;
    private final Map<ComputeType, NDArray> shapes = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Takes copies of the tensors, each of which must have its configured shape. */
    public Decoder(ModelConfig config, Map<String, Tensor> tensors) {
        this(config, Weights.of(tensors));
    }

    /** Copies the weights to native memory, one after another. */
    public Decoder(ModelConfig config, Weights source) {
        this.config = config;
        this.manager = Torch.newManager();
        this.program = Program.load("decoder", "training", "generation");
        // Matrices first: weight decay takes them and leaves the norms.
        List<String> ordered = new ArrayList<>(source.shapes().keySet());
        ordered.sort(Comparator.comparing(name -> source.shapes().get(name).length > 1 ? 0 : 1));
        for (String name : ordered) {
            Tensor tensor = source.read(name);
            NDArray weight = manager.create(tensor.values(), new Shape(tensor.shape()));
            weight.setRequiresGradient(true);
            weights.put(name, weight);
        }
        inverse = manager.create(config.rotary().inverseFrequencies(config.headWidth()));
        reals = manager.create(new double[] {config.normEpsilon()});
        for (ComputeType type : ComputeType.values()) {
            shapes.put(type, manager.create(new long[] {config.layers(), config.heads(), config.keyValueHeads(),
                    config.headWidth(), type.scalarType()}));
        }
    }

    public ModelConfig config() {
        return config;
    }

    /** Copies of the weights, matrices first. */
    public Map<String, Tensor> tensors() {
        return locked(() -> {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            weights.forEach((name, array) ->
                    copies.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
            return copies;
        });
    }

    /** Replaces the values of the weights, whose names and shapes stay. */
    public void assign(Map<String, Tensor> tensors) {
        locked(() -> {
            weights.forEach((name, array) -> array.set(tensors.get(name).values()));
            return null;
        });
    }

    /** Logits [rows, width, vocabulary] in row-major order: for comparing networks. */
    float[] logits(List<Row> rows, ComputeType type) {
        return locked(() -> {
            try (NDManager scope = manager.newSubManager()) {
                Layout layout = new Layout(rows);
                return program.call(scope, "logits", false, inputs(scope, layout, type)).get(0).toFloatArray();
            }
        });
    }

    /** What one pass gives for each continuation, in order. */
    public enum Head {
        /** The log-probability of the continuation, summed over its tokens. */
        LOG_PROBABILITY,
        /** The score head on the hidden state of its last token. */
        REWARD,
        /** The mean of the score head over the hidden states of its tokens. */
        MEAN_REWARD
    }

    /** One value per continuation, without gradients. */
    public double[] evaluate(List<Row> rows, Head head, ComputeType type) {
        return locked(() -> {
            try (NDManager scope = manager.newSubManager()) {
                return doubles(run(scope, new Layout(rows), head, type, false));
            }
        });
    }

    /** Opens a pass that records gradients; the caller closes it. */
    Pass open(List<Row> rows, Head head, ComputeType type) {
        return new Pass(rows, head, type);
    }

    /** A recorded pass: its outputs, and the way back to the weights. */
    final class Pass implements AutoCloseable {
        private final NDManager scope;
        private final NDArray outputs;
        private final double[] values;
        private final Layout layout;

        private Pass(List<Row> rows, Head head, ComputeType type) {
            lock.lock();
            scope = manager.newSubManager();
            try {
                layout = new Layout(rows);
                outputs = run(scope, layout, head, type, true);
                values = doubles(outputs);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /** One value per continuation. */
        double[] values() {
            return values;
        }

        /** Tokens per continuation. */
        int[] lengths() {
            return layout.lengths;
        }

        /** Tokens of the pass, padding left out. */
        int tokens() {
            return layout.tokens;
        }

        /** Adds the gradient of sum(values x coefficients) to {@code sums}, one array per weight. */
        void accumulate(double[] coefficients, List<NDArray> sums) {
            float[] narrow = new float[coefficients.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) coefficients[i];
            }
            program.call(scope, "accumulate", true, outputs, scope.create(narrow), parameters(), sums);
        }

        @Override
        public void close() {
            scope.close();
            lock.unlock();
        }
    }

    private NDArray run(NDManager scope, Layout layout, Head head, ComputeType type, boolean training) {
        Object[] common = inputs(scope, layout, type);
        Object[] own = switch (head) {
            case LOG_PROBABILITY -> new Object[] {scope.create(layout.from), scope.create(layout.targets),
                    scope.create(layout.owner), scope.create(new long[] {layout.continuations})};
            case REWARD -> rewardInputs(scope, layout, layout.last, IntStream.range(0, layout.continuations)
                    .asLongStream().toArray(), 1);
            case MEAN_REWARD -> rewardInputs(scope, layout, layout.own, layout.owner, 0);
        };
        Object[] all = new Object[common.length + own.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(own, 0, all, common.length, own.length);
        String method = head == Head.LOG_PROBABILITY ? "log_probabilities" : "rewards";
        return program.call(scope, method, training, all).get(0);
    }

    /** @param share of each place in its continuation's reward; 0 for equal shares */
    private static Object[] rewardInputs(NDManager scope, Layout layout, long[] places, long[] owner, float share) {
        float[] shares = new float[places.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = share > 0 ? share : 1f / layout.lengths[(int) owner[i]];
        }
        return new Object[] {scope.create(places), scope.create(shares), scope.create(owner),
                scope.create(new long[] {layout.continuations})};
    }

    private Object[] inputs(NDManager scope, Layout layout, ComputeType type) {
        Shape shape = new Shape(layout.rows, layout.width);
        return new Object[] {scope.create(layout.ids, shape), scope.create(layout.positions, shape),
                scope.create(layout.segments, shape), weights, inverse, shapes.get(type), reals};
    }

    /** Tokens (-1 after the end) and log-probabilities of one generated batch, both [prompts, steps]. */
    record Generated(long[] tokens, float[] logProbabilities, int steps) {
    }

    /** Continues prompts of any lengths; {@code uniforms} is [prompts, steps] in [0, 1). */
    Generated generate(List<int[]> prompts, double[] uniforms, int steps, Sampling sampling, ComputeType type) {
        return locked(() -> {
            try (NDManager scope = manager.newSubManager()) {
                int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
                long[] ids = new long[prompts.size() * longest];
                long[] padding = new long[prompts.size()];
                for (int row = 0; row < padding.length; row++) {
                    int[] prompt = prompts.get(row);
                    padding[row] = longest - prompt.length;
                    for (int i = 0; i < prompt.length; i++) {
                        ids[row * longest + (int) padding[row] + i] = prompt[i];
                    }
                }
                long[] stops = config.endTokens().stream().mapToLong(Integer::longValue).toArray();
                NDList out = program.call(scope, "generate", false,
                        scope.create(ids, new Shape(prompts.size(), longest)), scope.create(padding), weights, inverse,
                        shapes.get(type), reals, scope.create(uniforms, new Shape(prompts.size(), steps)),
                        scope.create(stops.length == 0 ? new long[] {-1} : stops),
                        scope.create(new double[] {sampling.temperature(), sampling.topK(), sampling.topP()}));
                return new Generated(out.get(0).toLongArray(), out.get(1).toFloatArray(),
                        (int) out.get(0).getShape().get(1));
            }
        });
    }

    List<String> names() {
        return List.copyOf(weights.keySet());
    }

    /** The weights as arrays, matrices first. */
    List<NDArray> parameters() {
        return new ArrayList<>(weights.values());
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
