package dev.ratchet.training;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a run stands; the legal changes stand in {@link #SUCCESSORS}. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    private static final Map<RunStatus, Set<RunStatus>> SUCCESSORS = new EnumMap<>(Map.of(
            QUEUED, EnumSet.of(RUNNING, FAILED, CANCELLED),
            // Back to the queue: its worker was lost and it resumes from its last checkpoint.
            RUNNING, EnumSet.of(QUEUED, SUCCEEDED, FAILED, CANCELLED),
            SUCCEEDED, EnumSet.noneOf(RunStatus.class),
            // Back to the queue: a person retries it.
            FAILED, EnumSet.of(QUEUED),
            CANCELLED, EnumSet.noneOf(RunStatus.class)));

    /** The statuses that may follow this one. */
    public Set<RunStatus> successors() {
        return SUCCESSORS.get(this);
    }

    public boolean mayBecome(RunStatus next) {
        return successors().contains(next);
    }

    /** Whether the run still has work to do. */
    public boolean unfinished() {
        return this == QUEUED || this == RUNNING;
    }

    /** The value in the database and in the API. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with this {@link #code()}. */
    public static RunStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
