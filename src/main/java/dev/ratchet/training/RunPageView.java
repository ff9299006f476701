package dev.ratchet.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the run pages show. */
final class RunPageView {
    private RunPageView() {}

    /**
     * The runs of a project, newest first.
     *
     * @param live whether one is going
     * @param ready whether the project has a model to train
     */
    record ListPage(ProjectHead head, List<Row> rows, boolean live, boolean ready) {}

    /**
     * One run in a list.
     *
     * @param elapsed how long it has been going or took; null before it starts
     */
    record Row(
            long id,
            String kind,
            String status,
            String stage,
            int step,
            int totalSteps,
            String elapsed,
            Instant createdAt,
            String triggeredBy,
            String outcome) {

        static Row of(Run run, String produced, Instant now) {
            return new Row(
                    run.id, kindWords(run.kind), run.status, run.stage, run.step, run.totalSteps,
                    RunPageView.elapsed(run, now),
                    run.createdAt, asker(run.triggeredBy), produced);
        }

        public boolean isRunning() {
            return status.equals("running");
        }

        public boolean isUnfinished() {
            return unfinished(status);
        }

        /** Class of the status chip; its words say the same. */
        public String tone() {
            return RunPageView.tone(status);
        }
    }

    /** One run. */
    record Detail(
            ProjectHead head,
            Row row,
            String error,
            int attempt,
            long seed,
            Instant startedAt,
            Instant finishedAt,
            Version base,
            Version reward,
            Version candidate,
            Version produced,
            String snapshot,
            long retracted,
            Long evaluationCandidate,
            List<Fact> results,
            List<Fact> settings) {

        public boolean isFailed() {
            return row.status().equals("failed");
        }
    }

    /** A link to a version. */
    record Version(long id, String name) {
        static Version of(Long id) {
            return id == null
                    ? null
                    : ModelVersion.<ModelVersion>findByIdOptional(id)
                            .map(version -> new Version(version.id, version.name))
                            .orElse(null);
        }
    }

    /** A name and its value in words. */
    record Fact(String name, String value) {}

    /** What the page's script draws; the JSON of {@code /runs/{id}/metrics}. */
    record Curves(boolean finished, List<Series> series) {}

    /** One metric over the run's steps; a null value is a step without it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Series(String name, String label, String unit, List<Integer> steps, List<Double> values) {}

    static String kindWords(String kind) {
        return switch (kind) {
            case "supervised" -> "Supervised training";
            case "reward" -> "Reward model";
            case "preference" -> "Preference optimisation";
            case "evaluation" -> "Evaluation";
            default -> kind;
        };
    }

    static String tone(String status) {
        return switch (status) {
            case "succeeded" -> "good";
            case "failed" -> "bad";
            case "running" -> "accent";
            case "queued" -> "wait";
            default -> "";
        };
    }

    static boolean unfinished(String status) {
        return status.equals("running") || status.equals("queued");
    }

    /** The record holds {@code pairs} or {@code account:} and a pseudonym; the page names the person. */
    private static String asker(String triggeredBy) {
        if (!triggeredBy.startsWith("account:")) {
            return switch (triggeredBy) {
                case RetrainingTriggers.PAIRS -> "new pairs";
                case RetrainingTriggers.DEMONSTRATIONS -> "new demonstrations";
                default -> triggeredBy;
            };
        }
        try {
            UUID pseudonym = UUID.fromString(triggeredBy.substring("account:".length()));
            return Account.<Account>find("pseudonym", pseudonym)
                    .firstResultOptional()
                    .map(account -> account.displayName)
                    .orElse("a person who has left");
        } catch (IllegalArgumentException unreadable) {
            return triggeredBy;
        }
    }

    /** What a run made; null as long as it has made nothing. */
    static String outcome(Run run) {
        Version produced = Version.of(run.producedVersionId);
        return produced == null ? null : produced.name();
    }

    static String elapsed(Run run, Instant now) {
        return run.startedAt == null
                ? null
                : Shown.duration(Duration.between(run.startedAt, run.finishedAt == null ? now : run.finishedAt));
    }

    /** Flattens a JSON object to facts: {@code recipe.beta} and its value; lists and long texts stay out. */
    static void facts(String prefix, Map<?, ?> values, List<Fact> into) {
        values.forEach((key, value) -> {
            String name = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
            if (value instanceof Map<?, ?> nested) {
                facts(name, nested, into);
            } else if (value instanceof Double || value instanceof Float) {
                into.add(new Fact(name, Shown.decimal(((Number) value).doubleValue())));
            } else if (value instanceof Number whole) {
                into.add(new Fact(name, Shown.count(whole.longValue())));
            } else if (value != null && !(value instanceof List)) {
                String text = value.toString();
                into.add(new Fact(name, text.matches("[0-9a-f]{64}") ? Shown.digest(text) : text));
            }
        });
    }
}
