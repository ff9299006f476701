package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arithmetic and membership as in Python. */
final class Operators {
    private Operators() {
    }

    static Object binary(Run run, String operator, Object a, Object b) {
        run.budget().spend(1);
        return switch (operator) {
            case "+" -> add(run, a, b);
            case "*" -> times(run, a, b);
            case "%" -> a instanceof String ? refuse("formats a text with %") : arithmetic("%", a, b);
            default -> arithmetic(operator, a, b);
        };
    }

    private static Object add(Run run, Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            run.budget().requireLength((long) x.length() + y.length());
            return run.budget().made(x + y);
        } else if (a instanceof List<?> x && b instanceof List<?> y && a instanceof Tuple == b instanceof Tuple) {
            run.budget().spend(x.size() + y.size());
            List<Object> both = new ArrayList<>(x);
            both.addAll(y);
            return a instanceof Tuple ? new Tuple(both) : both;
        }
        return arithmetic("+", a, b);
    }

    private static Object times(Run run, Object a, Object b) {
        Object repeated = a instanceof String || a instanceof List ? a : b;
        if (repeated instanceof String || repeated instanceof List) {
            long times = Math.max(0, Values.whole(repeated == a ? b : a));
            long size = repeated instanceof String s ? s.length() : ((List<?>) repeated).size();
            run.budget().requireLength(times > Budget.LONGEST_TEXT && size > 0 ? Long.MAX_VALUE : times * size);
            run.budget().spend(1 + times * size);
            if (repeated instanceof String s) {
                return s.isEmpty() ? "" : s.repeat((int) times);
            }
            List<Object> all = new ArrayList<>();
            for (long i = 0; size > 0 && i < times; i++) {
                all.addAll((List<?>) repeated);
            }
            return all;
        }
        return arithmetic("*", a, b);
    }

    private static Object arithmetic(String operator, Object a, Object b) {
        Object left = Values.number(a);
        Object right = Values.number(b);
        if (left == null || right == null) {
            if (a instanceof Undefined missing) {
                throw missing.failure();
            } else if (b instanceof Undefined missing) {
                throw missing.failure();
            }
            throw new TemplateException("The chat template applies " + operator + " to " + Values.kind(a) + " and "
                    + Values.kind(b) + ".");
        }
        try {
            return left instanceof Long x && right instanceof Long y ? whole(operator, x, y)
                    : fraction(operator, ((Number) left).doubleValue(), ((Number) right).doubleValue());
        } catch (ArithmeticException e) {
            return refuse("computes " + a + " " + operator + " " + b);
        }
    }

    private static Object whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "**" -> power(a, b);
            default -> fraction(operator, a, b);
        };
    }

    private static Object power(long base, long exponent) {
        if (exponent < 0) {
            return Math.pow(base, exponent);
        }
        long result = 1;
        for (long i = 0; i < exponent && result != 0 && base != 1; i++) {
            if (base == -1) {
                return exponent % 2 == 0 ? 1L : -1L;
            }
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static Object fraction(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new ArithmeticException();
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            default -> Math.pow(a, b);
        };
    }

    static Object negative(Object value) {
        return Values.number(value) instanceof Double d ? (Object) (-d) : arithmetic("-", 0L, value);
    }

    /** {@code sought in container}. */
    static boolean contains(Run run, Object container, Object sought) {
        run.budget().spend(1);
        if (container instanceof String text) {
            String part = Values.text(sought, "what is sought in a text");
            run.budget().sought(text, part);
            return text.contains(part);
        } else if (container instanceof Map<?, ?> map) {
            return map.containsKey(Values.key(sought));
        } else if (container instanceof List<?> list) {
            return list.stream().anyMatch(each -> Values.equal(run, each, sought));
        } else if (container instanceof Undefined) {
            return false;
        }
        return (boolean) refuse("looks into " + Values.kind(container));
    }

    private static Object refuse(String what) {
        throw new TemplateException("The chat template " + what + ", which cannot be done.");
    }
}
