package dev.ratchet.lm.jinja;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, which is what {@code tojson} means. */
final class JsonText {
    private final Run run;
    private final String indent;
    private final String comma;
    private final String colon;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();

    private JsonText(Run run, String indent, String comma, String colon, boolean sorted) {
        this.run = run;
        this.indent = indent;
        this.comma = comma;
        this.colon = colon;
        this.sorted = sorted;
    }

    /** The filter: {@code tojson(ensure_ascii, indent, separators, sort_keys)}, in transformers' order. */
    static String write(Run run, Object value, Arguments arguments) {
        Object depth = arguments.or(1, "indent", null);
        String indent = depth == null ? null : depth instanceof String s ? s
                : " ".repeat((int) Math.max(0, Math.min(64, Values.whole(depth))));
        List<?> separators = arguments.or(2, "separators", null) instanceof List<?> list && list.size() == 2 ? list
                : List.of(indent == null ? ", " : ",", ": ");
        JsonText text = new JsonText(run, indent, Values.text(separators.get(0), "a separator"),
                Values.text(separators.get(1), "a separator"), Values.isTrue(arguments.or(3, "sort_keys", false)));
        text.append(value, 0);
        return run.budget().made(text.out.toString());
    }

    private void append(Object value, int depth) {
        run.budget().spend(1);
        run.budget().requireLength(out.length());
        if (value == null) {
            out.append("null");
        } else if (value instanceof Boolean || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double d) {
            out.append(Double.isNaN(d) ? "NaN" : Double.isInfinite(d) ? d > 0 ? "Infinity" : "-Infinity"
                    : Representation.print(d));
        } else if (value instanceof String text) {
            quote(text);
        } else if (value instanceof List<?> list) {
            run.budget().enter();
            out.append('[');
            boolean first = true;
            for (Object each : list) {
                separate(first, depth + 1);
                append(each, depth + 1);
                first = false;
            }
            close(first, depth, ']');
        } else if (value instanceof Map<?, ?> map) {
            run.budget().enter();
            out.append('{');
            boolean first = true;
            for (Map.Entry<?, ?> each : (sorted ? new TreeMap<>(map) : map).entrySet()) {
                separate(first, depth + 1);
                quote(each.getKey() instanceof String key ? key : Representation.print(run, each.getKey()));
                out.append(colon);
                append(each.getValue(), depth + 1);
                first = false;
            }
            close(first, depth, '}');
        } else {
            throw new TemplateException("The chat template writes " + Values.kind(value) + " as JSON.");
        }
    }

    private void separate(boolean first, int depth) {
        out.append(first ? "" : comma);
        if (indent != null) {
            run.budget().requireLength(out.length() + (long) indent.length() * depth);
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void close(boolean empty, int depth, char bracket) {
        if (indent != null && !empty) {
            out.append('\n').append(indent.repeat(depth));
        }
        out.append(bracket);
        run.budget().leave();
    }

    private void quote(String text) {
        run.budget().spend(text.length() / 4);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        out.append('"');
    }
}
