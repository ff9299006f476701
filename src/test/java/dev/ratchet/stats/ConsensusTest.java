package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsensusTest {

    @Test
    void aReviewersOwnRatingIsNoPartOfTheConsensus() {
        // Unit 0: all agree. Unit 1: r2 stands alone. Unit 2: for each, the two others differ. Unit 3: one other each.
        Map<String, Consensus> consensus = Consensus.of(Golden.ratings("1111", "1122", "123."));
        assertThat(consensus.get("r0")).extracting(Consensus::agreed, Consensus::units).containsExactly(1, 2);
        assertThat(consensus.get("r1")).extracting(Consensus::agreed, Consensus::units).containsExactly(1, 2);
        assertThat(consensus.get("r2")).extracting(Consensus::agreed, Consensus::units).containsExactly(1, 2);
        assertThat(consensus.get("r0").share()).isEqualTo(Proportions.wilson(1, 2));
    }

    @Test
    void whoRatesAloneHasNoConsensusToMeet() {
        assertThat(Consensus.of(Golden.ratings("12"))).isEmpty();
    }

    @Test
    void everyPairOfRatersHasItsKappa() {
        List<PairwiseKappa> kappas = PairwiseKappa.of(Golden.ratings("0001110.", "001011.1", "00111..."), 1);
        assertThat(kappas).extracting(PairwiseKappa::first, PairwiseKappa::second, PairwiseKappa::units)
                .containsExactly(tuple("r0", "r1", 6),
                        tuple("r0", "r2", 5),
                        tuple("r1", "r2", 5));
        assertThat(kappas.get(0).kappa().value().orElseThrow()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(PairwiseKappa.of(Golden.ratings("00", "00"), 1).get(0).kappa().undefined())
                .contains(Undefined.NO_VARIATION);
        assertThat(PairwiseKappa.of(Golden.ratings("01", "01"), 3)).isEmpty();
    }
}
