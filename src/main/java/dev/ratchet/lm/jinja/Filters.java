package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Jinja's filters, as far as chat templates use them, and transformers' {@code tojson}. */
final class Filters {
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,6})?");

    private Filters() {
    }

    /** Makes a value of another. */
    interface Filter {
        Object apply(Run run, Object value, Arguments arguments);
    }

    static Filter named(String name) {
        return switch (name) {
            case "trim" -> (run, v, a) -> run.budget().made(
                    Strings.strip(run, Representation.print(run, v), a.textOrNull(0, "chars"), true, true));
            case "length", "count" -> Filters::length;
            case "tojson" -> JsonText::write;
            case "string" -> (run, v, a) -> Representation.print(run, v);
            case "safe" -> (run, v, a) -> v;
            case "upper" -> (run, v, a) -> run.budget().made(Representation.print(run, v).toUpperCase(Locale.ROOT));
            case "lower" -> (run, v, a) -> run.budget().made(Representation.print(run, v).toLowerCase(Locale.ROOT));
            case "capitalize" -> (run, v, a) -> TextMethods.capitalise(run.budget().made(Representation.print(run, v)));
            case "title" -> (run, v, a) -> TextMethods.title(run.budget().made(Representation.print(run, v)), "-({[<");
            case "replace" -> (run, v, a) -> TextMethods.replace(run, Representation.print(run, v), a.text(0, "old"),
                    a.text(1, "new"), a.or(2, "count", null) == null ? -1 : a.whole(2, "count", -1));
            case "indent" -> Filters::indent;
            case "default", "d" -> (run, v, a) -> v instanceof Undefined
                    || Values.isTrue(a.or(1, "boolean", false)) && !Values.isTrue(v) ? a.or(0, "default_value", "") : v;
            case "int" -> (run, v, a) -> integer(read(run, v), a.or(0, "default", 0L));
            case "float" -> (run, v, a) -> decimal(read(run, v), a.or(0, "default", 0.0));
            case "abs" -> (run, v, a) -> Values.compare(run, v, 0L) < 0 ? Operators.negative(v) : Values.number(v);
            case "join" -> (run, v, a) -> TextMethods.join(run, a.positional().isEmpty() && a.named().isEmpty() ? ""
                    : Representation.print(run, a.or(0, "d", "")), a.or(1, "attribute", null) == null ? v
                            : mapped(run, v, new Arguments(List.of(), Map.of("attribute", a.or(1, "attribute", "")))));
            case "list" -> (run, v, a) -> Values.elements(run, v);
            case "first" -> (run, v, a) -> end(Values.elements(run, v), true);
            case "last" -> (run, v, a) -> end(Values.elements(run, v), false);
            case "reverse" -> (run, v, a) -> reversed(run, v);
            case "sort" -> Filters::sorted;
            case "unique" -> Filters::unique;
            case "sum" -> (run, v, a) -> Values.elements(run, v).stream().reduce(a.or(1, "start", 0L),
                    (x, y) -> Operators.binary(run, "+", x, y));
            case "min", "max" -> (run, v, a) -> Values.elements(run, v).stream().reduce((x, y) ->
                    (Values.compare(run, y, x) < 0) == name.equals("min") && Values.compare(run, x, y) != 0 ? y : x)
                    .orElse(new Undefined(name));
            case "items" -> (run, v, a) -> v instanceof Undefined ? List.of() : Attributes.items(run, mapping(v));
            case "dictsort" -> (run, v, a) -> ordered(Attributes.items(run, mapping(v)), (x, y) ->
                    Values.compare(run, folded(run, ((Tuple) x).get(0)), folded(run, ((Tuple) y).get(0))));
            case "map" -> Filters::mapped;
            case "select", "reject", "selectattr", "rejectattr" -> (run, v, a) -> selected(run, v, a, name);
            default -> throw new TemplateException("The chat template uses the filter '" + name
                    + "', which is not known here.");
        };
    }

    /** A value, once the reading of it is counted where it is a text. */
    private static Object read(Run run, Object value) {
        run.budget().spend(value instanceof String text ? text.length() / 16 : 0);
        return value;
    }

    private static Object length(Run run, Object value, Arguments arguments) {
        return read(run, value) instanceof String text ? (long) Strings.length(text) : value instanceof List<?> list
                ? (long) list.size() : value instanceof Map<?, ?> map ? (long) map.size()
                : (long) Values.elements(run, value).size();
    }

    private static Object end(List<Object> elements, boolean first) {
        return elements.isEmpty() ? new Undefined("an element of an empty list")
                : elements.get(first ? 0 : elements.size() - 1);
    }

    private static Object reversed(Run run, Object value) {
        if (value instanceof String text) {
            return run.budget().made(new StringBuilder(text).reverse().toString());
        }
        List<Object> elements = new ArrayList<>(Values.elements(run, value));
        java.util.Collections.reverse(elements);
        return elements;
    }

    private static Map<?, ?> mapping(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new TemplateException("The chat template takes the items of " + Values.kind(value) + ".");
    }

    /** Case is ignored in order and equality, unless asked for. */
    private static Object folded(Run run, Object value) {
        return read(run, value) instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static Object sorted(Run run, Object value, Arguments arguments) {
        boolean exact = Values.isTrue(arguments.or(1, "case_sensitive", false));
        Object attribute = arguments.or(2, "attribute", null);
        Comparator<Object> order = (x, y) ->
                Values.compare(run, key(run, x, attribute, exact), key(run, y, attribute, exact));
        return ordered(Values.elements(run, value),
                Values.isTrue(arguments.or(0, "reverse", false)) ? order.reversed() : order);
    }

    private static List<Object> ordered(List<Object> elements, Comparator<Object> order) {
        try {
            return elements.stream().sorted(order).toList();
        } catch (TemplateException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Java's sort, where whole numbers too large for a double make an order that contradicts itself.
            throw new TemplateException("The chat template sorts what has no order.");
        }
    }

    private static Object unique(Run run, Object value, Arguments arguments) {
        boolean exact = Values.isTrue(arguments.or(0, "case_sensitive", false));
        Object attribute = arguments.or(1, "attribute", null);
        Map<Object, Object> seen = new LinkedHashMap<>();
        Values.elements(run, value)
                .forEach(each -> seen.putIfAbsent(Values.key(key(run, each, attribute, exact)), each));
        return new ArrayList<>(seen.values());
    }

    private static Object key(Run run, Object value, Object attribute, boolean exact) {
        Object key = attribute == null ? value : path(run, value, attribute);
        return exact ? key : folded(run, key);
    }

    /** An attribute by a dotted path. */
    private static Object path(Run run, Object value, Object attribute) {
        Object at = value;
        if (attribute instanceof Long) {
            return Attributes.item(run, at, attribute);
        }
        for (String part : Values.text(attribute, "an attribute").split("\\.")) {
            at = Attributes.item(run, at, part.matches("\\d{1,9}") ? (Object) Long.valueOf(part) : part);
        }
        return at;
    }

    private static Object mapped(Run run, Object value, Arguments arguments) {
        List<Object> out = new ArrayList<>();
        for (Object each : Values.elements(run, value)) {
            if (arguments.named().containsKey("attribute")) {
                Object found = path(run, each, arguments.named().get("attribute"));
                out.add(found instanceof Undefined ? arguments.named().getOrDefault("default", found) : found);
            } else {
                out.add(named(arguments.text(0, "filter")).apply(run, each, arguments.rest(1)));
            }
        }
        return out;
    }

    private static Object selected(Run run, Object value, Arguments arguments, String name) {
        boolean attribute = name.endsWith("attr");
        int place = attribute ? 1 : 0;
        boolean wanted = name.startsWith("select");
        boolean tested = arguments.positional().size() > place;
        Tests.Test test = tested ? Tests.named(arguments.text(place, "test")) : null;
        List<Object> out = new ArrayList<>();
        for (Object each : Values.elements(run, value)) {
            Object judged = attribute ? path(run, each, arguments.required(0, "attribute")) : each;
            boolean passes = tested ? test.passes(run, judged, arguments.rest(place + 1)) : Values.isTrue(judged);
            if (passes == wanted) {
                out.add(each);
            }
        }
        return out;
    }

    private static Object indent(Run run, Object value, Arguments arguments) {
        Object width = arguments.or(0, "width", 4L);
        String pad = width instanceof String text ? text
                : " ".repeat((int) Math.max(0, Math.min(256, Values.whole(width))));
        boolean first = Values.isTrue(arguments.or(1, "first", false));
        boolean blank = Values.isTrue(arguments.or(2, "blank", false));
        List<Object> lines = Strings.split(Representation.print(run, value), "\n", -1);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean padded = i == 0 ? first : blank || !line.isEmpty();
            out.append(i == 0 ? "" : "\n").append(padded ? pad : "").append(line);
            run.budget().requireLength(out.length());
        }
        return run.budget().made(out.toString());
    }

    private static Object integer(Object value, Object otherwise) {
        if (value instanceof Double d && !d.isNaN() && !d.isInfinite()) {
            return (long) (double) d;
        } else if (value instanceof String text) {
            try {
                return Long.valueOf(Strings.strip(text).replace("_", ""));
            } catch (NumberFormatException e) {
                return decimal(text, null) instanceof Double d ? integer(d, otherwise) : otherwise;
            }
        }
        Object number = Values.number(value);
        return number instanceof Long ? number : otherwise;
    }

    private static Object decimal(Object value, Object otherwise) {
        if (Values.number(value) instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof String text && DECIMAL.matcher(Strings.strip(text)).matches()) {
            return Double.valueOf(Strings.strip(text));
        }
        return otherwise;
    }
}
