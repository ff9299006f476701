package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Python's view of values. They are null (None), Boolean, Long, Double, String, List, {@link Tuple}, Map,
 * {@link Namespace}, {@link Loop}, {@link Callable} and {@link Undefined}; nothing else reaches a template.
 */
final class Values {
    private Values() {
    }

    static boolean isTrue(Object value) {
        if (value instanceof Boolean b) {
            return b;
        } else if (value instanceof Long n) {
            return n != 0;
        } else if (value instanceof Double d) {
            return d != 0;
        } else if (value instanceof String s) {
            return !s.isEmpty();
        } else if (value instanceof List<?> list) {
            return !list.isEmpty();
        } else if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != null && !(value instanceof Undefined);
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** A number with booleans as 0 and 1; null where it is none. */
    static Object number(Object value) {
        return value instanceof Boolean b ? (Object) (b ? 1L : 0L)
                : value instanceof Long || value instanceof Double ? value : null;
    }

    static long whole(Object value) {
        if (number(value) instanceof Long n) {
            return n;
        }
        throw new TemplateException("The chat template needs a whole number where it has " + kind(value) + ".");
    }

    static String text(Object value, String what) {
        if (value instanceof String s) {
            return s;
        } else if (value instanceof Undefined missing) {
            throw missing.failure();
        }
        throw new TemplateException("The chat template needs a text as " + what + ", but has " + kind(value) + ".");
    }

    /** A value as a mapping's key: as in Python no list or mapping, whose hash would be as much work as it is large. */
    static Object key(Object value) {
        if (value == null || value instanceof String || isNumber(value)) {
            return value;
        } else if (value instanceof Undefined missing) {
            throw missing.failure();
        }
        throw new TemplateException("The chat template uses " + kind(value) + " as a key.");
    }

    /** What a value is, in words for messages. */
    static String kind(Object value) {
        return value == null ? "none" : value instanceof Boolean ? "a truth value" : isNumber(value) ? "a number"
                : value instanceof String ? "a text" : value instanceof List ? "a list"
                : value instanceof Map ? "a mapping" : value instanceof Undefined u ? "'" + u.name()
                        + "', which is not defined" : "an object";
    }

    /** What a value holds when it is looped over: elements, characters or keys. */
    static List<Object> elements(Run run, Object value) {
        List<Object> elements;
        if (value instanceof List<?> list) {
            elements = new ArrayList<>(list);
        } else if (value instanceof Map<?, ?> map) {
            elements = new ArrayList<>(map.keySet());
        } else if (value instanceof String text) {
            elements = Strings.characters(text);
        } else if (value instanceof Undefined) {
            elements = List.of();
        } else {
            throw new TemplateException("The chat template loops over " + kind(value) + ".");
        }
        run.budget().spend(2L * elements.size());
        return elements;
    }

    /** Equality as Python's {@code ==}: 1, 1.0 and True are equal. */
    static boolean equal(Run run, Object a, Object b) {
        run.budget().spend(1);
        Object left = number(a);
        Object right = number(b);
        if (left != null && right != null) {
            return left instanceof Long x && right instanceof Long y ? x.longValue() == y.longValue()
                    : ((Number) left).doubleValue() == ((Number) right).doubleValue();
        } else if (a instanceof String s) {
            run.budget().spend(s.length() / 16);
            return s.equals(b);
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            return a instanceof Tuple == b instanceof Tuple && equalLists(run, x, y);
        } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equalMaps(run, x, y);
        }
        return a == b || a instanceof Undefined && b instanceof Undefined;
    }

    private static boolean equalLists(Run run, List<?> a, List<?> b) {
        run.budget().enter();
        boolean equal = a.size() == b.size();
        Iterator<?> others = b.iterator();
        for (Iterator<?> own = a.iterator(); equal && own.hasNext();) {
            equal = equal(run, own.next(), others.next());
        }
        run.budget().leave();
        return equal;
    }

    private static boolean equalMaps(Run run, Map<?, ?> a, Map<?, ?> b) {
        run.budget().enter();
        boolean equal = a.size() == b.size();
        for (Iterator<? extends Map.Entry<?, ?>> own = a.entrySet().iterator(); equal && own.hasNext();) {
            Map.Entry<?, ?> entry = own.next();
            equal = b.containsKey(entry.getKey()) && equal(run, entry.getValue(), b.get(entry.getKey()));
        }
        run.budget().leave();
        return equal;
    }

    /** Order as Python's {@code <}: numbers, texts by code point, lists element by element. */
    static int compare(Run run, Object a, Object b) {
        run.budget().spend(1);
        Object left = number(a);
        Object right = number(b);
        if (left != null && right != null) {
            return left instanceof Long x && right instanceof Long y ? Long.compare(x, y)
                    : Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue());
        } else if (a instanceof String x && b instanceof String y) {
            run.budget().spend(Math.min(x.length(), y.length()) / 16);
            return compareTexts(x, y);
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            run.budget().enter();
            int order = 0;
            for (int i = 0; order == 0 && i < Math.min(x.size(), y.size()); i++) {
                order = compare(run, x.get(i), y.get(i));
            }
            run.budget().leave();
            return order != 0 ? order : Integer.compare(x.size(), y.size());
        }
        throw new TemplateException("The chat template compares " + kind(a) + " with " + kind(b) + ".");
    }

    private static int compareTexts(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pairs = Character.isSurrogate(x) != Character.isSurrogate(y);
                return pairs ? Character.isSurrogate(x) ? 1 : -1 : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
