package dev.ratchet.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.TrainingListener;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LikelihoodWatchTest {
    private final LikelihoodWatch watch = new LikelihoodWatch(TrainingListener.SILENT);

    @Test
    void aFallBelowTheReferenceOverTheLastTenthIsWarnedOfThoughTheLastBatchRose() {
        for (int step = 1; step <= 30; step++) {
            watch.step(step, 30, Map.of("chosen_log_probability_change", step == 28 ? -3.0 : 1.0));
        }
        assertThat(watch.warnings()).singleElement().asString()
                .contains("under the reference, in the mean over the last tenth of the steps");
    }

    @Test
    void aFallThatHealedOrIsTheLastBatchsAloneIsNot() {
        for (int step = 1; step <= 30; step++) {
            watch.step(step, 30, Map.of("chosen_log_probability_change", step < 20 ? -3.0 : step < 30 ? 1.0 : -1.0));
        }
        assertThat(watch.warnings()).isEmpty();
    }

    @Test
    void withoutAReferenceTheFirstAndTheLastTenthAreCompared() {
        for (int step = 1; step <= 20; step++) {
            watch.step(step, 20, Map.of("supervised_loss", step < 19 ? 2.0 : 2.5));
        }
        assertThat(watch.warnings()).singleElement().asString()
                .contains("from the first tenth of the steps to the last");
    }

    @Test
    void theListenerBehindItIsAskedForCheckpoints() {
        TrainingListener ending = new TrainingListener() {
            @Override
            public void step(int step, int totalSteps, Map<String, Double> metrics) {
            }

            @Override
            public boolean wantsCheckpoint() {
                return true;
            }
        };
        assertThat(new LikelihoodWatch(ending).wantsCheckpoint()).isTrue();
    }
}
