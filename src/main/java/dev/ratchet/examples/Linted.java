package dev.ratchet.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file that was read and linted.
 *
 * @param rows what can be learned from, in the file's order
 * @param refused how many rows cannot
 * @param counts how many rows have each fault, warnings too
 * @param problems the first of them, in the file's order
 */
public record Linted<T>(Path file, List<Numbered<T>> rows, long refused, Map<Fault, Long> counts,
        List<Problem> problems) {
    private static final int SHOWN = 20;

    public Linted {
        rows = List.copyOf(rows);
        counts = Map.copyOf(counts);
        problems = List.copyOf(problems);
    }

    /** The examples without their row numbers. */
    public List<T> values() {
        return rows.stream().map(Numbered::value).toList();
    }

    /**
     * The same file, if all of it can be learned from.
     *
     * @throws LintException naming rows and reasons, if any row cannot or there is none
     */
    public Linted<T> orFail() {
        if (refused > 0) {
            throw new LintException(summary());
        } else if (rows.isEmpty()) {
            throw new LintException(file.getFileName() + " has no rows.");
        }
        return this;
    }

    /** How many rows can be learned from, which faults the others have, and the first of them row by row. */
    public String summary() {
        StringBuilder text = new StringBuilder(file.getFileName() + ": " + rows.size() + " of "
                + (rows.size() + refused) + " rows can be learned from");
        if (refused > 0) {
            text.append("; ").append(refused).append(" cannot (").append(counted(false)).append(')');
        }
        text.append('.');
        String warnings = counted(true);
        if (!warnings.isEmpty()) {
            text.append(" Warnings: ").append(warnings).append('.');
        }
        problems.stream().limit(SHOWN).forEach(p -> text.append("\n  ").append(p));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (all > SHOWN) {
            text.append("\n  and ").append(all - SHOWN).append(" more");
        }
        return text.toString();
    }

    private String counted(boolean warnings) {
        return counts.entrySet().stream().filter(e -> e.getKey().isWarning() == warnings)
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getValue() + " with " + e.getKey().words()).collect(Collectors.joining(", "));
    }
}
