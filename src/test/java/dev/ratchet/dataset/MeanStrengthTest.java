package dev.ratchet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ratchet.dataset.MeanStrength.Preference;
import dev.ratchet.dataset.MeanStrength.Vote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanStrengthTest {
    private static final long A = 10;
    private static final long B = 20;
    private static final Vote TIE = new Vote(0, false);
    private static final Vote BOTH_BAD = new Vote(0, true);

    @Test
    void oneRatingMakesAPairOfFullWeight() {
        assertThat(aggregate(prefers(B, 1))).contains(new Preference(B, A, 1, 0));
        assertThat(aggregate(prefers(A, 3))).contains(new Preference(A, B, 1, 0));
    }

    @Test
    void theWeightIsTheShareOfRatingsThatAgree() {
        Preference pair = aggregate(prefers(A, 2), prefers(A, 1), prefers(B, 1)).orElseThrow();
        assertThat(pair.chosenResponseId()).isEqualTo(A);
        assertThat(pair.weight()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(aggregate(prefers(A, 1), TIE).orElseThrow().weight()).isEqualTo(0.5);
    }

    @Test
    void strengthCountsAndNotTheMajority() {
        Preference pair = aggregate(prefers(A, 1), prefers(A, 1), prefers(B, 3)).orElseThrow();
        assertThat(pair.chosenResponseId()).isEqualTo(B);
        assertThat(pair.weight()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void bothBadLowersTheWeightAndNotTheMean() {
        assertThat(aggregate(prefers(A, 1), BOTH_BAD, BOTH_BAD, BOTH_BAD, BOTH_BAD))
                .contains(new Preference(A, B, 0.2, 0));
        assertThat(aggregate(BOTH_BAD)).isEmpty();
    }

    @Test
    void aMeanBelowAQuarterOfAStepMakesNoPair() {
        assertThat(aggregate(prefers(A, 1), TIE, TIE, TIE)).isPresent();
        assertThat(aggregate(prefers(A, 1), TIE, TIE, TIE, TIE)).isEmpty();
        assertThat(aggregate(prefers(A, 2), prefers(B, 2))).isEmpty();
        assertThat(aggregate(TIE)).isEmpty();
        assertThat(aggregate()).isEmpty();
    }

    private static Vote prefers(long response, int strength) {
        return new Vote(response == A ? strength : -strength, false);
    }

    private static Optional<Preference> aggregate(Vote... votes) {
        return MeanStrength.aggregate(A, B, List.of(votes));
    }
}
