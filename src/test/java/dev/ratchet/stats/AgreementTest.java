package dev.ratchet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgreementTest {
    private static final JsonNode GOLDEN = Golden.read("agreement.json");

    private static List<UnitRating> krippendorffsExample() {
        return Golden.ratings(StreamSupport.stream(GOLDEN.at("/krippendorff/rows").spliterator(), false)
                .map(JsonNode::asText).toArray(String[]::new));
    }

    private static double value(AgreementStatistic statistic) {
        return statistic.value().value().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void alphaIsThatOfKrippendorffsExample(Metric metric) {
        KrippendorffAlpha alpha = new KrippendorffAlpha(krippendorffsExample(), metric);
        double published = GOLDEN.at("/krippendorff/alpha/" + metric.name().toLowerCase()).asDouble();
        assertThat(value(alpha)).isCloseTo(published, within(5e-7));
        // The twelfth unit has one rating, which cannot agree with any other.
        assertThat(List.of(alpha.units(), alpha.raters(), alpha.ratings())).containsExactly(11, 4, 40);
    }

    @Test
    void cohensKappaIsThatOfThePublishedTables() {
        for (JsonNode example : GOLDEN.get("cohen")) {
            assertThat(value(CohenKappa.ofTable(Golden.table(example.get("table")))))
                    .isCloseTo(example.get("kappa").asDouble(), within(5e-7));
        }
    }

    @Test
    void fleissKappaIsThatOfThePublishedTable() {
        FleissKappa kappa = FleissKappa.ofCounts(Golden.table(GOLDEN.at("/fleiss/table")));
        assertThat(value(kappa)).isCloseTo(GOLDEN.at("/fleiss/kappa").asDouble(), within(5e-7));
        assertThat(List.of(kappa.units(), kappa.raters(), kappa.ratings())).containsExactly(10, 14, 140);
    }

    @Test
    void kappaOfRatingsIsKappaOfTheirTable() {
        // Table [[2, 1], [1, 2]]: observed 4/6, chance 1/2. The third rater's and the lone ratings do not count.
        List<UnitRating> ratings = Golden.ratings("0001110.", "001011.1", "11111111");
        CohenKappa kappa = CohenKappa.between("r0", "r1", ratings);
        assertThat(value(kappa)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(kappa.units()).isEqualTo(6);
    }

    @Test
    void fleissKappaTakesUnequalNumbersOfRatings() {
        // Units 00, 001, 11: pairs agree 1, 1/3, 1; shares of 0: (1 + 2/3 + 0)/3 = 5/9; chance 25/81 + 16/81.
        double kappa = value(new FleissKappa(Golden.ratings("001", "001", ".1.", "...1")));
        assertThat(kappa).isCloseTo((7.0 / 9 - 41.0 / 81) / (1 - 41.0 / 81), within(1e-12));
    }

    @Test
    void alphaCorrectsFleissKappaForSmallSamples() {
        // With full overlap and categories alone, alpha = 1 - (1 - kappa)(N - 1)/N for N ratings (Krippendorff 2011).
        List<UnitRating> ratings = Golden.ratings("0102120", "0112020", "0002121");
        double kappa = value(new FleissKappa(ratings));
        assertThat(value(new KrippendorffAlpha(ratings, Metric.NOMINAL)))
                .isCloseTo(1 - (1 - kappa) * 20 / 21, within(1e-12));
    }

    @Test
    void opposedRatersAgreeLessThanByChance() {
        assertThat(value(CohenKappa.between("r0", "r1", Golden.ratings("0101", "1010")))).isEqualTo(-1);
        assertThat(value(new KrippendorffAlpha(Golden.ratings("0101", "1010"), Metric.NOMINAL))).isEqualTo(-0.75);
    }

    @ParameterizedTest
    @EnumSource
    void alphaIsUndefinedWithoutOverlapAndWithoutVariation(Metric metric) {
        assertThat(new KrippendorffAlpha(List.of(), metric).value())
                .isEqualTo(Coefficient.undefined(Undefined.NO_OVERLAP));
        assertThat(new KrippendorffAlpha(Golden.ratings("01..", "..01"), metric).value().undefined())
                .contains(Undefined.NO_OVERLAP);
        assertThat(new KrippendorffAlpha(Golden.ratings("111.", "1110"), metric).value().undefined())
                .contains(Undefined.NO_VARIATION);
    }

    @Test
    void kappaIsUndefinedWithoutOverlapAndWithoutVariation() {
        List<UnitRating> apart = Golden.ratings("01..", "..01");
        List<UnitRating> same = Golden.ratings("222", "222");
        assertThat(CohenKappa.between("r0", "r1", apart).value().undefined()).contains(Undefined.NO_OVERLAP);
        assertThat(CohenKappa.between("r0", "r1", same).value().undefined()).contains(Undefined.NO_VARIATION);
        assertThat(new FleissKappa(apart).value().undefined()).contains(Undefined.NO_OVERLAP);
        assertThat(new FleissKappa(same).value().undefined()).contains(Undefined.NO_VARIATION);
        assertThat(new FleissKappa(same).value()).hasToString("undefined: all ratings are the same");
    }

    @Test
    void kappaOfARaterWhoNeverVariesIsZero() {
        assertThat(value(CohenKappa.between("r0", "r1", Golden.ratings("1111", "1011")))).isZero();
    }

    @Test
    void aUnitDrawnTwiceCountsAsTwoUnits() {
        List<UnitRating> ratings = Golden.ratings("0112", "0212", "0102");
        List<UnitRating> doubled = new ArrayList<>(ratings);
        ratings.stream().filter(rating -> rating.unit().equals("u1"))
                .forEach(rating -> doubled.add(new UnitRating("again", rating.rater(), rating.value())));
        List<UnitRating> withoutLast = doubled.stream().filter(rating -> !rating.unit().equals("u3")).toList();
        for (Metric metric : Metric.values()) {
            assertThat(new KrippendorffAlpha(ratings, metric).weighted(new int[] {1, 2, 1, 0}).value().orElseThrow())
                    .isCloseTo(value(new KrippendorffAlpha(withoutLast, metric)), within(1e-12));
        }
        assertThat(new FleissKappa(ratings).weighted(new int[] {1, 2, 1, 1}).value().orElseThrow())
                .isCloseTo(value(new FleissKappa(doubled)), within(1e-12));
    }

    @Test
    void theOrderOfRatingsDoesNotMatter() {
        List<UnitRating> shuffled = new ArrayList<>(krippendorffsExample());
        Collections.shuffle(shuffled, new Random(1));
        assertThat(value(new KrippendorffAlpha(shuffled, Metric.ORDINAL)))
                .isCloseTo(value(new KrippendorffAlpha(krippendorffsExample(), Metric.ORDINAL)), within(1e-12));
    }

    @Test
    void aSecondRatingOfAUnitByTheSameRaterIsRefused() {
        assertThatThrownBy(() -> new FleissKappa(List.of(new UnitRating("t", "ann", 1), new UnitRating("t", "ann", 2))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ann rated t twice");
    }

    @Test
    void ratiosRefuseNegativeValuesAndRatingsRefuseNaN() {
        List<UnitRating> negative = List.of(new UnitRating("t", "ann", -1), new UnitRating("t", "ben", 2));
        assertThatThrownBy(() -> new KrippendorffAlpha(negative, Metric.RATIO)).hasMessageContaining("negative");
        assertThatThrownBy(() -> new UnitRating("t", "ann", Double.NaN)).hasMessageContaining("leave out");
    }
}
