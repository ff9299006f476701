package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the page of tasks sent: which tasks are meant, and what is to change. */
final class TasksForm {
    private final MultivaluedMap<String, String> fields;

    TasksForm(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    public String tag() {
        return text("tag");
    }

    public String status() {
        return text("status");
    }

    public String purpose() {
        return text("purpose");
    }

    public String assigned() {
        return text("assigned");
    }

    public String text() {
        return text("text");
    }

    public boolean filtered() {
        return !query().isEmpty();
    }

    /** The filter as the start of an address's query; empty for none. */
    public String query() {
        StringBuilder query = new StringBuilder();
        for (String field : List.of("tag", "status", "purpose", "assigned", "text")) {
            if (!text(field).isEmpty()) {
                query.append(field).append('=').append(URLEncoder.encode(text(field), StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return query.toString();
    }

    /** @throws Problem 422 if a value cannot be one of a task */
    TaskFilter filter() {
        return filter(null);
    }

    /** The tasks that are ticked, or all that the filter finds. */
    TaskFilter chosen() {
        if (text("scope").equals("all")) {
            return filter();
        }
        List<Long> ticked = fields.getOrDefault("task", List.of()).stream().map(TasksForm::id).toList();
        if (ticked.isEmpty()) {
            throw invalid("tick the tasks that you mean, or choose all that the filter finds");
        }
        return filter(ticked);
    }

    private TaskFilter filter(List<Long> tasks) {
        return new TaskFilter(tasks, orNull(tag()), orNull(status()), orNull(purpose()),
                assigned().isEmpty() ? null : assigned().equals("yes"), orNull(text()));
    }

    RoutingDesk.Change change() {
        String value = text("value");
        return switch (text("what")) {
            case "priority" -> new RoutingDesk.Change(whole("priority", value), null, null, null, null);
            case "overlap" -> new RoutingDesk.Change(null, whole("overlap", value), null, null, null);
            case "tags" -> new RoutingDesk.Change(null, null, split(value, "[\\s,]+"), null, null);
            case "accounts" -> new RoutingDesk.Change(null, null, null, split(value, "[\\s,]+"), null);
            case "groups" -> new RoutingDesk.Change(null, null, null, null, split(value, ","));
            case "everybody" -> new RoutingDesk.Change(null, null, null, List.of(), List.of());
            default -> throw invalid("choose what to change");
        };
    }

    RoutingSettings mix() {
        return new RoutingSettings(whole("gold", text("goldPercent")) / 100.0, fields.containsKey("goldFeedback"),
                whole("calibration tasks", text("calibrationTasks")),
                whole("right answers", text("calibrationPercent")) / 100.0,
                whole("random share", text("randomPercent")) / 100.0);
    }

    private String text(String field) {
        String value = fields.getFirst(field);
        return value == null ? "" : value.strip();
    }

    private static String orNull(String value) {
        return value.isEmpty() ? null : value;
    }

    private static List<String> split(String value, String between) {
        return Arrays.stream(value.split(between)).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private static Long id(String value) {
        if (!value.matches("\\d{1,18}")) {
            throw invalid("a task is named by its id");
        }
        return Long.valueOf(value);
    }

    private static int whole(String field, String value) {
        if (!value.matches("-?\\d{1,9}")) {
            throw invalid(field + " must be a whole number");
        }
        return Integer.parseInt(value);
    }

    private static Problem invalid(String rule) {
        return Problem.unprocessable("invalid-change", "The tasks cannot be changed so",
                "Nothing was changed: " + rule + ".");
    }
}
