package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.StoredModel;
import dev.ratchet.lm.Weights;
import dev.ratchet.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** What is measured: a model from files, or one of the same cost with random weights. */
final class BenchModel {
    private static final double SPREAD = 0.04;

    private BenchModel() {
    }

    /** The shape of SmolLM2-135M. */
    static ModelConfig shape135m() {
        return shape(576, 1536, 30, 9, 3);
    }

    /** A shape with SmolLM2's vocabulary, heads of 64 and one matrix for embedding and head. */
    static ModelConfig shape(int width, int feedForwardWidth, int layers, int heads, int keyValueHeads) {
        return ModelConfig.llama(49152, width, feedForwardWidth, layers, heads, keyValueHeads, 8192, true, 1, 2);
    }

    /** @param model a folder or GGUF file, or null for random weights of 135M */
    static Decoder open(Path model) {
        if (model == null) {
            return random(shape135m(), 1);
        }
        StoredModel stored = StoredModel.open(model);
        return new Decoder(stored.config(), stored.weights());
    }

    /** Weights are made one after another, so that they never lie on the heap together. */
    static Decoder random(ModelConfig config, long seed) {
        Map<String, long[]> shapes = config.weights();
        return new Decoder(config, new Weights() {
            @Override
            public Map<String, long[]> shapes() {
                return shapes;
            }

            @Override
            public Tensor read(String name) {
                long[] shape = shapes.get(name);
                float[] values = new float[Math.toIntExact(Tensor.elements(shape))];
                if (shape.length == 1) {
                    Arrays.fill(values, 1);
                    return new Tensor(shape, values);
                }
                SplittableRandom random = new SplittableRandom(seed ^ name.hashCode());
                for (int i = 0; i < values.length; i++) {
                    // Uniform with the wanted spread: a bench needs no normal distribution.
                    values[i] = (float) ((random.nextDouble() - 0.5) * SPREAD * Math.sqrt(12));
                }
                return new Tensor(shape, values);
            }
        });
    }

    /** Random tokens that are none of the first, special ones. */
    static int[] tokens(SplittableRandom random, int count, ModelConfig config) {
        return random.ints(count, 100, config.vocabularySize()).toArray();
    }
}
