package dev.ratchet.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void aboutAQuarterOfGroupsIsHeldOut() {
        long held = IntStream.range(0, 10_000).filter(i -> Split.of("group " + i) == Split.EVAL).count();
        assertThat(held).isBetween(2_350L, 2_650L);
    }

    @Test
    void caseAndWhiteSpaceDoNotMoveAGroup() {
        for (int i = 0; i < 200; i++) {
            assertThat(Split.of("  My\t Parcel\u00a0is LATE " + i)).isEqualTo(Split.of("my parcel is late " + i));
        }
    }

    @Test
    void aGroupNeverChangesSides() {
        // SHA-256 of "f" begins 252f10c83610ebca, which is 82 modulo 100; that of "late/0" with
        // 4c309d18ed7f04ae, which is 22.
        assertThat(Split.of("f")).isEqualTo(Split.TRAIN);
        assertThat(Split.of("late/0")).isEqualTo(Split.EVAL);
    }
}
