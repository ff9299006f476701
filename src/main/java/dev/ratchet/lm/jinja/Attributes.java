package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code a.b} and {@code a[b]} mean: methods before keys, keys before methods. */
final class Attributes {
    private Attributes() {
    }

    /** {@code value.name}. */
    static Object attribute(Object value, String name) {
        Callable method = method(value, name);
        if (method != null) {
            return method;
        }
        return value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : own(value, name);
    }

    private static Object own(Object value, String name) {
        if (value instanceof Namespace space && space.attributes().containsKey(name)) {
            return space.attributes().get(name);
        } else if (value instanceof Loop loop) {
            return loop.attribute(name);
        } else if (value instanceof Undefined missing) {
            throw missing.failure();
        }
        return new Undefined(name);
    }

    private static Callable method(Object value, String name) {
        return value instanceof String text ? TextMethods.method(text, name)
                : value instanceof Map<?, ?> map ? mapMethod(map, name)
                : value instanceof List<?> list ? listMethod(list, name) : null;
    }

    /** {@code value[key]}. */
    static Object item(Run run, Object value, Object key) {
        if (value instanceof Map<?, ?> map && map.containsKey(Values.key(key))) {
            return map.get(key);
        } else if (Values.number(key) instanceof Long index && (value instanceof List || value instanceof String)) {
            run.budget().spend(value instanceof String text ? text.length() / 16 : 0);
            int size = value instanceof List<?> list ? list.size() : Strings.length((String) value);
            long place = index < 0 ? index + size : index;
            if (place < 0 || place >= size) {
                return new Undefined("element " + index);
            }
            return value instanceof List<?> list ? list.get((int) place) : character((String) value, (int) place);
        } else if (key instanceof String name) {
            Callable method = method(value, name);
            return method != null ? method : own(value, name);
        } else if (value instanceof Undefined missing) {
            throw missing.failure();
        }
        return new Undefined(key instanceof Long ? "element " + key : "an element");
    }

    private static String character(String text, int place) {
        return Character.toString(text.codePointAt(text.offsetByCodePoints(0, place)));
    }

    /** {@code value[from:to:step]}; null where a bound is left out. */
    static Object slice(Run run, Object value, Long from, Long to, Long by) {
        if (value instanceof Undefined missing) {
            throw missing.failure();
        } else if (!(value instanceof List) && !(value instanceof String)) {
            throw new TemplateException("The chat template takes a part of " + Values.kind(value) + ".");
        }
        List<Object> all = Values.elements(run, value);
        long step = by == null ? 1 : by;
        if (step == 0) {
            throw new TemplateException("The chat template takes every 0th element.");
        }
        int size = all.size();
        long least = step > 0 ? 0 : -1;
        long most = step > 0 ? size : size - 1;
        long begin = from == null ? step > 0 ? least : most : bound(from, size, least, most);
        long end = to == null ? step > 0 ? most : least : bound(to, size, least, most);
        List<Object> part = new ArrayList<>();
        for (long i = begin; step > 0 ? i < end : i > end; i += Math.max(-size - 1L, Math.min(size + 1L, step))) {
            part.add(all.get((int) i));
        }
        if (value instanceof String) {
            StringBuilder text = new StringBuilder();
            part.forEach(text::append);
            return run.budget().made(text.toString());
        }
        return value instanceof Tuple ? new Tuple(part) : part;
    }

    private static long bound(long place, int size, long least, long most) {
        return Math.max(least, Math.min(most, place < 0 ? place + size : place));
    }

    private static Callable mapMethod(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (run, a) -> items(run, map);
            case "keys" -> (run, a) -> Values.elements(run, map);
            case "values" -> (run, a) -> {
                run.budget().spend(map.size());
                return new ArrayList<Object>(map.values());
            };
            case "get" -> (run, a) -> {
                Object key = Values.key(a.required(0, "key"));
                return map.containsKey(key) ? map.get(key) : a.or(1, "default", null);
            };
            default -> null;
        };
    }

    static List<Object> items(Run run, Map<?, ?> map) {
        run.budget().spend(map.size());
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> {
            List<Object> pair = new ArrayList<>();
            pair.add(key);
            pair.add(value);
            items.add(new Tuple(pair));
        });
        return items;
    }

    private static Callable listMethod(List<?> list, String name) {
        return switch (name) {
            case "index" -> (run, a) -> {
                for (int i = 0; i < list.size(); i++) {
                    if (Values.equal(run, list.get(i), a.required(0, "value"))) {
                        return (long) i;
                    }
                }
                throw new TemplateException("The chat template looks for what its list does not hold.");
            };
            case "count" -> (run, a) -> list.stream()
                    .filter(each -> Values.equal(run, each, a.required(0, "value"))).count();
            case "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse" -> (run, a) -> {
                throw new TemplateException("The chat template changes a list with '" + name
                        + "', which no chat template may.");
            };
            default -> null;
        };
    }
}
