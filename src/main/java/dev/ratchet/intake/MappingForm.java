package dev.ratchet.intake;

import dev.ratchet.intake.format.Mapping;
import dev.ratchet.platform.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** The form that says how a file is read, as it was sent. */
public class MappingForm {
    @RestForm
    String container;

    @RestForm
    String separator;

    @RestForm
    String format;

    @RestForm
    String mask;

    @RestForm
    String tasks;

    @RestForm
    String overlap;

    @RestForm("column-prompt")
    String prompt;

    @RestForm("column-system")
    String system;

    @RestForm("column-chosen")
    String chosen;

    @RestForm("column-rejected")
    String rejected;

    @RestForm("column-response")
    String response;

    @RestForm("column-score")
    String score;

    @RestForm("column-text")
    String text;

    @RestForm("column-tags")
    String tags;

    @RestForm("column-split")
    String split;

    @RestForm("column-split_group")
    String splitGroup;

    /** @throws Problem 422 if it cannot be read so */
    Mapping mapping(int usualOverlap) {
        Map<String, String> columns = new LinkedHashMap<>();
        put(columns, Mapping.PROMPT, prompt);
        put(columns, Mapping.SYSTEM, system);
        put(columns, Mapping.CHOSEN, chosen);
        put(columns, Mapping.REJECTED, rejected);
        put(columns, Mapping.RESPONSE, response);
        put(columns, Mapping.SCORE, score);
        put(columns, Mapping.TEXT, text);
        put(columns, Mapping.TAGS, tags);
        put(columns, Mapping.SPLIT, split);
        put(columns, Mapping.SPLIT_GROUP, splitGroup);
        boolean csv = "csv".equals(container);
        return new ImportJson.MappingJson(container == null ? "" : container,
                csv && separator != null && !separator.isEmpty() ? separator : null, format == null ? "" : format,
                columns, mask != null, tasks != null, overlap(usualOverlap)).mapping(usualOverlap);
    }

    private static void put(Map<String, String> columns, String role, String column) {
        if (column != null && !column.isEmpty()) {
            columns.put(role, column);
        }
    }

    private int overlap(int usual) {
        try {
            return overlap == null || overlap.isBlank() ? usual : Integer.parseInt(overlap.strip());
        } catch (NumberFormatException unreadable) {
            throw Problem.unprocessable("invalid-mapping", "The file cannot be read so",
                    "Reviewers a task must be a whole number.");
        }
    }
}
