package dev.ratchet.training;

import static dev.ratchet.training.RunStatus.CANCELLED;
import static dev.ratchet.training.RunStatus.FAILED;
import static dev.ratchet.training.RunStatus.QUEUED;
import static dev.ratchet.training.RunStatus.RUNNING;
import static dev.ratchet.training.RunStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunStatusTest {

    @Test
    void aRunChangesItsStatusInTheseWaysOnly() {
        Map<RunStatus, Set<RunStatus>> legal = Map.of(
                QUEUED, Set.of(RUNNING, FAILED, CANCELLED),
                RUNNING, Set.of(QUEUED, SUCCEEDED, FAILED, CANCELLED),
                SUCCEEDED, Set.of(),
                FAILED, Set.of(QUEUED),
                CANCELLED, Set.of());
        for (RunStatus from : RunStatus.values()) {
            for (RunStatus to : RunStatus.values()) {
                assertThat(from.mayBecome(to)).as("%s -> %s", from, to).isEqualTo(legal.get(from).contains(to));
            }
        }
    }

    @Test
    void onlyQueuedAndRunningRunsAreUnfinished() {
        assertThat(RunStatus.values()).filteredOn(RunStatus::unfinished).containsExactlyInAnyOrder(QUEUED, RUNNING);
    }
}
