package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A LoRA adapter: its settings and its matrices.
 *
 * @param base what the adapter's base model is called, or null
 * @param spec ranks, scales and modules
 * @param weights {@code MODULE.lora_A.weight} [rank, in] and {@code MODULE.lora_B.weight} [out, rank] of each module,
 *     and {@code score.weight} [1, width] where it is an adapter of a reward model
 */
public record Adapter(String base, LoraSpec spec, Map<String, Tensor> weights) {
    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";
    private static final String WEIGHT = ".weight";

    /**
     * A new adapter, begun as PEFT begins one: A uniform within 1 / sqrt(in) (Kaiming with a = sqrt(5)), B zero, so
     * that it changes nothing yet.
     *
     * @throws ModelFormatException where a target module is not there
     */
    public static Adapter create(ModelConfig config, LoraSpec spec, long seed, String base) {
        Random random = new Random(seed);
        Map<String, long[]> shapes = config.weights();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        List<String> modules = spec.modules(config);
        String missing = spec.targets().missing(modules);
        if (missing != null) {
            throw new ModelFormatException("The target module '" + missing + "' names no linear module of this model"
                    + (missing.equals("lm_head") && config.tied() ? ", whose output head is its embedding." : "."));
        }
        for (String module : modules) {
            long[] shape = shapes.get(module + WEIGHT);
            int rank = spec.rank(module);
            float[] a = new float[Math.toIntExact(rank * shape[1])];
            double bound = 1 / Math.sqrt(shape[1]);
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            weights.put(module + A, new Tensor(new long[] {rank, shape[1]}, a));
            weights.put(module + B, new Tensor(new long[] {shape[0], rank},
                    new float[Math.toIntExact(shape[0] * rank)]));
        }
        return new Adapter(base, spec, weights);
    }

    /** The same settings with other values, as after training. */
    public Adapter with(Map<String, Tensor> values) {
        return new Adapter(base, spec, values);
    }

    /** What each adapted module's B A x is multiplied by. */
    public Map<String, Double> scales() {
        Map<String, Double> scales = new LinkedHashMap<>();
        for (String name : weights.keySet()) {
            if (name.endsWith(A)) {
                String module = name.substring(0, name.length() - A.length());
                scales.put(module, spec.scale(module));
            }
        }
        return scales;
    }

    /** Whether this adapter changes a weight of the base, given by its checkpoint name. */
    public boolean changes(String weight) {
        return weights.containsKey(weight) || weights.containsKey(module(weight) + A);
    }

    /** A base weight with this adapter in it: W + s B A, or the adapter's own where it replaces the weight. */
    public Tensor merge(String name, Tensor base) {
        return weights.containsKey(name) ? weights.get(name) : add(name, base, 1);
    }

    /**
     * A merged weight with the adapter taken out again: W - s B A, equal to the base up to the rounding of one sum.
     *
     * @throws IllegalArgumentException where the adapter replaces the weight as a whole
     */
    public Tensor unmerge(String name, Tensor merged) {
        if (weights.containsKey(name)) {
            throw new IllegalArgumentException(name + " was replaced as a whole and cannot be taken out.");
        }
        return add(name, merged, -1);
    }

    private static String module(String weight) {
        return weight.endsWith(WEIGHT) ? weight.substring(0, weight.length() - WEIGHT.length()) : weight;
    }

    private Tensor add(String name, Tensor base, int sign) {
        String module = module(name);
        Tensor a = weights.get(module + A);
        Tensor b = weights.get(module + B);
        if (a == null) {
            return base;
        }
        int rank = (int) a.shape()[0];
        int in = (int) a.shape()[1];
        double scale = sign * spec.scale(module);
        float[] sum = base.values().clone();
        IntStream.range(0, (int) b.shape()[0]).parallel().forEach(row -> {
            double[] delta = new double[in];
            for (int k = 0; k < rank; k++) {
                double factor = scale * b.values()[row * rank + k];
                for (int column = 0; column < in; column++) {
                    delta[column] += factor * a.values()[k * in + column];
                }
            }
            for (int column = 0; column < in; column++) {
                sum[row * in + column] = (float) (sum[row * in + column] + delta[column]);
            }
        });
        return new Tensor(base.shape(), sum);
    }

    /** All weights of a base with this adapter in them; those that it does not change are the same objects. */
    public Map<String, Tensor> merge(Map<String, Tensor> base) {
        Map<String, Tensor> merged = new LinkedHashMap<>();
        base.forEach((name, tensor) -> merged.put(name, merge(name, tensor)));
        return merged;
    }
}
