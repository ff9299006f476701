package dev.ratchet.intake;

import dev.ratchet.intake.format.Container;
import dev.ratchet.intake.format.Format;
import dev.ratchet.intake.format.Mapping;
import dev.ratchet.platform.Problem;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An import as programs see it.
 *
 * @param status receiving, checking, ready, importing, done, failed, discarded, undoing or undone
 * @param received bytes that have come in: where the next part begins
 * @param rows rows of the file that were looked at, while it is checked, or taken in, while it is imported
 * @param totalRows rows of the file; null before it was looked through
 * @param rowsPerSecond from start to end, or to the last batch
 * @param undone what was removed and what was kept when it was taken back; null where it was not
 */
public record ImportJson(long id, String name, String status, long size, long received, MappingJson mapping, long rows,
        Long totalRows, Double rowsPerSecond, long prompts, long responses, long pairs, long documents, long tasks,
        long known, long rejected, long masked, Undone undone, String error, Instant createdAt, Instant startedAt,
        Instant finishedAt) {

    static ImportJson of(ImportJob job) {
        return new ImportJson(job.id, job.name, job.status, job.size, job.received,
                job.mapping == null ? null : MappingJson.of(job.mapping), job.rows,
                job.preview == null ? null : job.preview.rows(), speed(job), job.prompts, job.responses, job.pairs,
                job.documents, job.tasks, job.known, job.rejected, job.masked, job.undone, job.error, job.createdAt,
                job.startedAt, job.finishedAt);
    }

    private static Double speed(ImportJob job) {
        Instant end = job.finishedAt == null ? job.touchedAt : job.finishedAt;
        if (job.startedAt == null || end == null || !end.isAfter(job.startedAt)) {
            return null;
        }
        return job.rows * 1000.0 / Math.max(1, Duration.between(job.startedAt, end).toMillis());
    }

    /** How a file is read, with the names of {@link Container} and {@link Format}. */
    public record MappingJson(@NotNull String container, String separator, @NotNull String format,
            Map<String, String> columns, boolean maskPersonalData, boolean makeTasks, Integer overlap) {

        static MappingJson of(Mapping mapping) {
            return new MappingJson(mapping.container().id(),
                    mapping.separator() == null ? null : mapping.separator().toString(), mapping.format().id(),
                    mapping.columns(), mapping.maskPersonalData(), mapping.makeTasks(), mapping.overlap());
        }

        /** @throws Problem 422 if a name is unknown */
        Mapping mapping(int usualOverlap) {
            Container read = Container.of(container).orElseThrow(() -> invalid("container", container,
                    Arrays.stream(Container.values()).map(Container::id).collect(Collectors.joining(", "))));
            Format meant = Format.of(format).orElseThrow(() -> invalid("format", format,
                    Arrays.stream(Format.values()).map(Format::id).collect(Collectors.joining(", "))));
            if (separator != null && separator.length() != 1) {
                throw invalid("separator", separator, "one character");
            }
            if (columns != null && columns.values().stream().anyMatch(name -> name == null || name.length() > 1_000)) {
                throw invalid("columns", "a column without a name", "names of the file's columns");
            }
            String usual = read == Container.CSV ? "," : null;
            String chosen = separator == null ? usual : separator;
            Character between = chosen == null ? null : Character.valueOf(chosen.charAt(0));
            return new Mapping(read, between, meant, columns == null ? Map.of() : columns, maskPersonalData, makeTasks,
                    overlap == null ? usualOverlap : overlap);
        }

        private static Problem invalid(String field, String value, String allowed) {
            return Problem.unprocessable("invalid-mapping", "The file cannot be read so",
                    field + " must be one of: " + allowed + "; it is " + value + ".");
        }
    }
}
