package dev.ratchet.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BurnDownTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    private static BurnDown of(Map<LocalDate, Long> created, Map<LocalDate, Long> completed, long left) {
        return BurnDown.of(new TreeMap<>(created), new TreeMap<>(completed), left, TODAY);
    }

    @Test
    void tasksLeftFallByWhatIsCompletedAndRiseByWhatIsMade() {
        BurnDown burn = of(Map.of(TODAY.minusDays(3), 10L, TODAY.minusDays(1), 5L),
                Map.of(TODAY.minusDays(3), 2L, TODAY.minusDays(2), 4L, TODAY, 1L), 8);
        assertThat(burn.days()).extracting(BurnDown.Day::left).containsExactly(8L, 4L, 9L, 8L);
        assertThat(burn.total()).isEqualTo(15);
        assertThat(burn.completed()).isEqualTo(7);
    }

    @Test
    void theProjectionGoesByTheMeanOfWholeDaysWithItsInterval() {
        // 2, 4, 0 on whole days: mean 2, standard error 2 / sqrt(3) = 1.155; today's 9 do not count yet.
        BurnDown burn = of(Map.of(TODAY.minusDays(3), 30L),
                Map.of(TODAY.minusDays(3), 2L, TODAY.minusDays(2), 4L, TODAY, 9L), 15);
        assertThat(burn.pace().value()).isEqualTo(2);
        assertThat(burn.pace().high()).isCloseTo(2 + 1.959964 * 2 / Math.sqrt(3), within(1e-6));
        assertThat(burn.pace().low()).isZero();
        assertThat(burn.done()).isEqualTo(TODAY.plusDays(8));
        assertThat(burn.earliest()).isEqualTo(TODAY.plusDays(4));
        assertThat(burn.latest()).isNull();
    }

    @Test
    void thereIsNoProjectionWithoutTwoWholeDaysAndNoneWhereNothingMoves() {
        assertThat(of(Map.of(TODAY.minusDays(1), 9L), Map.of(TODAY.minusDays(1), 3L), 6).pace()).isNull();
        BurnDown still = of(Map.of(TODAY.minusDays(60), 9L), Map.of(TODAY.minusDays(60), 3L), 6);
        assertThat(still.pace().value()).isZero();
        assertThat(still.done()).isNull();
        assertThat(of(Map.of(), Map.of(), 0).days()).isEmpty();
    }

    @Test
    void whatIsDoneIsDoneToday() {
        BurnDown burn = of(Map.of(TODAY.minusDays(3), 3L),
                Map.of(TODAY.minusDays(3), 1L, TODAY.minusDays(2), 1L, TODAY.minusDays(1), 1L), 0);
        assertThat(burn.done()).isEqualTo(TODAY);
    }
}
