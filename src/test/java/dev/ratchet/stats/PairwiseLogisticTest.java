package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairwiseLogisticTest {
    @Test
    void oneFeatureIsFittedToItsStationaryPoint() {
        // Of 4 pairs 3 prefer the side with the feature: sigmoid(w) = 3/4 but for the ridge's pull.
        List<SparseVector> pairs = List.of(of(1), of(1), of(1), of(-1));

        double w = PairwiseLogistic.fit(pairs, 1, 1e-9)[0];

        assertThat(w).isCloseTo(Math.log(3), within(1e-6));
    }

    @Test
    void theGradientVanishesWhereManyFeaturesAreFitted() {
        Random random = new Random(1);
        List<SparseVector> pairs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            pairs.add(SparseVector.of(Map.of(random.nextInt(20), random.nextGaussian(), 20 + random.nextInt(20),
                    random.nextGaussian())));
        }
        double ridge = 0.01;
        double[] weights = PairwiseLogistic.fit(pairs, 40, ridge);

        double step = 1e-5;
        for (int i = 0; i < weights.length; i++) {
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[i] += step;
            down[i] -= step;
            double slope = (PairwiseLogistic.loss(pairs, up) - PairwiseLogistic.loss(pairs, down)) / (2 * step)
                    + ridge * weights[i];
            assertThat(slope).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void nothingToFitIsRefused() {
        assertThatThrownBy(() -> PairwiseLogistic.fit(List.of(), 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SparseVector of(double value) {
        return new SparseVector(new int[] {0}, new double[] {value});
    }
}
