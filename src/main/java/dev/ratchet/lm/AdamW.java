package dev.ratchet.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.ratchet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** AdamW with decoupled weight decay (Loshchilov and Hutter, 2019): gradient sums, moments, and the step. */
final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Decoder decoder;
    private final NDManager manager;
    private final List<String> names;
    private final List<NDArray> parameters;
    private final List<NDArray> sums = new ArrayList<>();
    private final List<NDArray> first = new ArrayList<>();
    private final List<NDArray> second = new ArrayList<>();
    private final int decayed;
    private int step;

    AdamW(Decoder decoder) {
        this.decoder = decoder;
        this.manager = decoder.manager().newSubManager();
        this.names = decoder.names();
        this.parameters = List.copyOf(decoder.parameters());
        int matrices = 0;
        for (NDArray parameter : parameters) {
            sums.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
            first.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
            second.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
            if (parameter.getShape().dimension() > 1) {
                matrices++;
            }
        }
        decayed = matrices;
    }

    /** The sum of gradients of each weight, by name: passes add to it. */
    Map<String, NDArray> sums() {
        Map<String, NDArray> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), sums.get(i));
        }
        return named;
    }

    int step() {
        return step;
    }

    /**
     * Takes one step with the summed gradient, clears it, and returns its norm before clipping. Where the norm is no
     * number, nothing is changed.
     *
     * @throws IllegalStateException where what training changes is not what it was at first
     */
    double update(double rate, double weightDecay, double clipNorm) {
        return decoder.locked(() -> {
            if (!same(parameters, decoder.parameters())) {
                throw new IllegalStateException("Another adapter was made active while this one was being trained.");
            }
            try (NDManager scope = manager.newSubManager()) {
                double norm = decoder.program().call(scope, "clip", false, sums, scope.create(new double[] {clipNorm}))
                        .get(0).getDouble();
                if (Double.isFinite(norm)) {
                    step++;
                    decoder.changed();
                    // Decay takes the matrices, which come first, and leaves the norms.
                    update(scope, 0, decayed, rate, weightDecay);
                    update(scope, decayed, sums.size(), rate, 0);
                }
                return norm;
            }
        });
    }

    /** The arrays themselves; their equality would compare values. */
    private static boolean same(List<NDArray> one, List<NDArray> other) {
        return one.size() == other.size() && IntStream.range(0, one.size()).allMatch(i -> one.get(i) == other.get(i));
    }

    private void update(NDManager scope, int from, int to, double rate, double weightDecay) {
        if (from < to) {
            decoder.program().call(scope, "update", false, parameters.subList(from, to),
                    sums.subList(from, to), first.subList(from, to), second.subList(from, to),
                    scope.create(new double[] {rate, BETA1, BETA2, EPSILON, weightDecay, step}));
        }
    }

    /** The moments, named after the weights. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put("first." + names.get(i), tensor(first.get(i)));
            state.put("second." + names.get(i), tensor(second.get(i)));
        }
        return state;
    }

    private static Tensor tensor(NDArray array) {
        return new Tensor(array.getShape().getShape(), array.toFloatArray());
    }

    void restore(Map<String, Tensor> state, int steps) {
        for (int i = 0; i < names.size(); i++) {
            first.get(i).set(state.get("first." + names.get(i)).values());
            second.get(i).set(state.get("second." + names.get(i)).values());
        }
        step = steps;
    }

    @Override
    public void close() {
        manager.close();
    }
}
