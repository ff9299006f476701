package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.tensor.ComputeType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataOrderTest {
    private static TrainingSpec spec(int batch, int accumulation, TrainingSpec.Order order) {
        return new TrainingSpec(1, batch, accumulation, 1, 0, TrainingSpec.Decay.CONSTANT, 0, 0, 7, 0,
                ComputeType.FLOAT32, order);
    }

    private static DataOrder order(int count, int batch, int accumulation, int together, TrainingSpec.Order order) {
        return new DataOrder(new Random(3).ints(count, 1, 50).toArray(), spec(batch, accumulation, order), together);
    }

    @Test
    void examplesThatBelongTogetherShareAPassAndEveryExampleComesOnce() {
        List<int[]> steps = order(103, 4, 2, 4, TrainingSpec.Order.SHUFFLED).epoch(1);
        assertThat(steps).hasSize(13);
        assertThat(steps.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, 103).toArray());
        for (int[] step : steps) {
            for (int begin = 0; begin < step.length; begin += 4) {
                int[] pass = Arrays.copyOfRange(step, begin, Math.min(step.length, begin + 4));
                assertThat(pass[0] % 4).isZero();
                assertThat(pass).isEqualTo(IntStream.range(pass[0], Math.min(103, pass[0] + 4)).toArray());
            }
        }
        assertThat(steps.get(0)[0]).isNotEqualTo(order(103, 4, 2, 4, TrainingSpec.Order.SHUFFLED).epoch(0).get(0)[0]);
    }

    @Test
    void theGivenOrderStays() {
        List<int[]> steps = order(7, 2, 1, 2, TrainingSpec.Order.AS_GIVEN).epoch(3);
        assertThat(steps.stream().map(Arrays::toString)).containsExactly("[0, 1]", "[2, 3]", "[4, 5]", "[6]");
    }

    @Test
    void groupsThatDoNotDivideAStepAreRefused() {
        assertThatThrownBy(() -> order(10, 2, 2, 3, TrainingSpec.Order.SHUFFLED))
                .hasMessage("Groups of 3 do not divide a step of 4.");
    }
}
