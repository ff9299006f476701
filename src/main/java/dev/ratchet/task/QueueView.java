package dev.ratchet.task;

import dev.ratchet.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a reviewer's own page shows. */
record QueueView(List<Waiting> projects, List<Past> past, List<ActiveHours.Day> hours) {
    private static final int SHOWN_DAYS = 14;

    /** The time active on all days. */
    public Duration worked() {
        return Duration.ofMillis(hours.stream().mapToLong(ActiveHours.Day::millis).sum());
    }

    /** The newest days. */
    public List<ActiveHours.Day> lastDays() {
        return hours.subList(0, Math.min(SHOWN_DAYS, hours.size()));
    }

    public long available() {
        return projects.stream().mapToLong(Waiting::available).sum();
    }

    /**
     * A project with what waits in it.
     *
     * @param rated tasks that I rated
     * @param available tasks that I could rate now
     * @param round what the calibration round lets me do
     */
    record Waiting(
            String slug, String name, String description, long rated, long available, long complete, long total,
            Calibration.State round) {
        static Waiting of(Project project, QueueProgress progress, Calibration.State round) {
            return new Waiting(
                    project.slug, project.name, project.description, progress.ratedByMe(), progress.availableToMe(),
                    progress.tasksComplete(), progress.tasksTotal(), round);
        }

        public boolean calibrating() {
            return round == Calibration.State.RUNNING;
        }

        public boolean failed() {
            return round == Calibration.State.FAILED;
        }

        public long mine() {
            return Math.max(1, rated + available);
        }
    }

    /**
     * One of my ratings; only the newest of a project can be undone, every one can be changed.
     *
     * @param sensitive whether its texts are folded until they are asked for
     */
    record Past(
            String slug, String project, boolean sensitive, UUID ratingId, String asked, String choice, String comment, Instant ratedAt,
            boolean undoable) {}
}
