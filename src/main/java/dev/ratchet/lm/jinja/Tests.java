package dev.ratchet.lm.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja's tests: what may follow {@code is}. */
final class Tests {
    private Tests() {
    }

    /** Whether a value passes a test. */
    interface Test {
        boolean passes(Run run, Object value, Arguments arguments);
    }

    static Test named(String name) {
        return switch (name) {
            case "defined" -> (run, v, a) -> !(v instanceof Undefined);
            case "undefined" -> (run, v, a) -> v instanceof Undefined;
            case "none" -> (run, v, a) -> v == null;
            case "string" -> (run, v, a) -> v instanceof String;
            case "number" -> (run, v, a) -> Values.isNumber(v);
            case "integer" -> (run, v, a) -> v instanceof Long;
            case "float" -> (run, v, a) -> v instanceof Double;
            case "boolean" -> (run, v, a) -> v instanceof Boolean;
            case "true" -> (run, v, a) -> Boolean.TRUE.equals(v);
            case "false" -> (run, v, a) -> Boolean.FALSE.equals(v);
            case "mapping" -> (run, v, a) -> v instanceof Map;
            case "iterable", "sequence" -> (run, v, a) -> v instanceof String || v instanceof List || v instanceof Map
                    || v instanceof Undefined;
            case "callable" -> (run, v, a) -> v instanceof Callable;
            case "odd" -> (run, v, a) -> Math.floorMod(Values.whole(v), 2L) == 1;
            case "even" -> (run, v, a) -> Math.floorMod(Values.whole(v), 2L) == 0;
            case "divisibleby" -> (run, v, a) -> Values.equal(run, 0L,
                    Operators.binary(run, "%", v, a.required(0, "num")));
            case "lower" -> (run, v, a) -> {
                String text = Representation.print(run, v);
                return text.equals(run.budget().made(text.toLowerCase(Locale.ROOT)));
            };
            case "upper" -> (run, v, a) -> {
                String text = Representation.print(run, v);
                return text.equals(run.budget().made(text.toUpperCase(Locale.ROOT)));
            };
            case "in" -> (run, v, a) -> Operators.contains(run, a.required(0, "seq"), v);
            case "eq", "equalto", "==" -> (run, v, a) -> Values.equal(run, v, a.required(0, "other"));
            case "ne", "!=" -> (run, v, a) -> !Values.equal(run, v, a.required(0, "other"));
            case "lt", "lessthan", "<" -> (run, v, a) -> Values.compare(run, v, a.required(0, "other")) < 0;
            case "gt", "greaterthan", ">" -> (run, v, a) -> Values.compare(run, v, a.required(0, "other")) > 0;
            case "le", "<=" -> (run, v, a) -> Values.compare(run, v, a.required(0, "other")) <= 0;
            case "ge", ">=" -> (run, v, a) -> Values.compare(run, v, a.required(0, "other")) >= 0;
            case "sameas" -> (run, v, a) -> same(v, a.required(0, "other"));
            default -> throw new TemplateException("The chat template uses the test '" + name
                    + "', which is not known here.");
        };
    }

    private static boolean same(Object a, Object b) {
        return a == b || a != null && (a instanceof Boolean || a instanceof Long || a instanceof String) && a.equals(b);
    }
}
