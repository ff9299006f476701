package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** Compares an objective's gradient with finite differences of its loss, both computed in double precision. */
public final class GradientCheck {
    private static final float STEP = 5e-4f;
    private static final double TOLERANCE = 2e-6;

    private GradientCheck() {
    }

    /** The check where nothing of the loss is detached. */
    public static <E> void check(Decoder decoder, Objective<E> objective, List<E> examples) {
        check(decoder, objective, examples, output -> false);
    }

    /**
     * Moves each weight tensor along a random direction, all its entries at once.
     *
     * @param detached outputs of the network that no gradient passes: they stay what they were
     */
    public static <E> void check(Decoder decoder, Objective<E> objective, List<E> examples, IntPredicate detached) {
        List<Row> rows = examples.stream().map(objective::row).toList();
        double[] held = decoder.evaluate(rows, objective.head(), ComputeType.FLOAT64);
        Map<String, float[]> gradients = gradients(decoder, objective, examples, rows);
        Map<String, Tensor> weights = decoder.trained();
        assertThat(gradients.keySet()).isEqualTo(weights.keySet());
        double norm = Math.sqrt(gradients.values().stream().mapToDouble(GradientCheck::squares).sum());
        assertThat(norm).as("the gradient").isGreaterThan(1e-4);
        Random random = new Random(11);
        weights.forEach((name, tensor) -> {
            float[] up = tensor.values().clone();
            float[] down = tensor.values().clone();
            double predicted = 0;
            double moved = 0;
            for (int i = 0; i < up.length; i++) {
                float step = (float) (random.nextGaussian() * STEP / Math.sqrt(up.length));
                up[i] += step;
                down[i] -= step;
                double change = (double) up[i] - down[i];
                predicted += gradients.get(name)[i] * change;
                moved += change * change;
            }
            double difference = loss(decoder, objective, examples, rows, held, detached, with(weights, name, up))
                    - loss(decoder, objective, examples, rows, held, detached, with(weights, name, down));
            // In units of the gradient along the direction, beside what the whole gradient would give there.
            assertThat(difference / Math.sqrt(moved)).as("slope of %s", name)
                    .isCloseTo(predicted / Math.sqrt(moved), within(TOLERANCE * norm));
        });
        decoder.assignTrained(weights);
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static Map<String, Tensor> with(Map<String, Tensor> weights, String name, float[] values) {
        Map<String, Tensor> moved = new LinkedHashMap<>(weights);
        moved.put(name, new Tensor(weights.get(name).shape(), values));
        return moved;
    }

    private static <E> double loss(Decoder decoder, Objective<E> objective, List<E> examples, List<Row> rows,
            double[] held, IntPredicate detached, Map<String, Tensor> weights) {
        decoder.assignTrained(weights);
        double[] outputs = decoder.evaluate(rows, objective.head(), ComputeType.FLOAT64);
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = detached.test(i) ? held[i] : outputs[i];
        }
        return objective.loss(examples, outputs, objective.scale(examples)).value();
    }

    private static <E> Map<String, float[]> gradients(Decoder decoder, Objective<E> objective, List<E> examples,
            List<Row> rows) {
        try (AdamW optimiser = new AdamW(decoder);
                Decoder.Pass pass = decoder.open(rows, objective.head(), ComputeType.FLOAT64)) {
            pass.accumulate(objective.loss(examples, pass.values(), objective.scale(examples)).derivative(),
                    optimiser.sums());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            optimiser.sums().forEach((name, sum) -> gradients.put(name, sum.toFloatArray()));
            return gradients;
        }
    }
}
