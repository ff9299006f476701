package dev.ratchet.lm.jinja;

import java.util.List;
import java.util.Locale;

/** The methods of Python's {@code str} that chat templates call. */
final class TextMethods {
    private TextMethods() {
    }

    /** The method of a name, bound to the text; null where there is none. */
    static Callable method(String text, String name) {
        Callable method = unbounded(text, name);
        return method == null ? null : (run, arguments) -> {
            run.budget().spend(1 + text.length() / 4);
            return method.call(run, arguments);
        };
    }

    private static Callable unbounded(String text, String name) {
        return switch (name) {
            case "strip" -> (run, a) -> Strings.strip(run, text, a.textOrNull(0, "chars"), true, true);
            case "lstrip" -> (run, a) -> Strings.strip(run, text, a.textOrNull(0, "chars"), true, false);
            case "rstrip" -> (run, a) -> Strings.strip(run, text, a.textOrNull(0, "chars"), false, true);
            case "split" -> (run, a) -> split(run, Strings.split(text, a.textOrNull(0, "sep") == null ? null
                    : sought(run, text, a, "sep"), a.whole(1, "maxsplit", -1)));
            case "rsplit" -> (run, a) -> split(run, a.textOrNull(0, "sep") == null && a.whole(1, "maxsplit", -1) < 0
                    ? Strings.split(text, null, -1)
                    : Strings.splitFromEnd(text, sought(run, text, a, "sep"), a.whole(1, "maxsplit", -1)));
            case "splitlines" -> (run, a) -> split(run, List.copyOf(text.lines().toList()));
            case "partition" -> (run, a) -> partition(text, a.text(0, "sep"),
                    text.indexOf(sought(run, text, a, "sep")));
            case "rpartition" -> (run, a) -> partition(text, a.text(0, "sep"),
                    text.lastIndexOf(sought(run, text, a, "sep")));
            case "startswith" -> (run, a) -> any(run, a.required(0, "prefix"), text::startsWith);
            case "endswith" -> (run, a) -> any(run, a.required(0, "suffix"), text::endsWith);
            case "removeprefix" -> (run, a) -> text.startsWith(a.text(0, "prefix"))
                    ? text.substring(a.text(0, "prefix").length()) : text;
            case "removesuffix" -> (run, a) -> text.endsWith(a.text(0, "suffix"))
                    ? text.substring(0, text.length() - a.text(0, "suffix").length()) : text;
            case "upper" -> (run, a) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (run, a) -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> (run, a) -> capitalise(text);
            case "title" -> (run, a) -> title(text, "");
            case "replace" -> (run, a) -> replace(run, text, a.text(0, "old"), a.text(1, "new"),
                    a.whole(2, "count", -1));
            case "join" -> (run, a) -> join(run, text, a.required(0, "iterable"));
            case "find" -> (run, a) -> place(text, text.indexOf(sought(run, text, a, "sub")));
            case "rfind" -> (run, a) -> place(text, text.lastIndexOf(sought(run, text, a, "sub")));
            case "count" -> (run, a) -> count(text, sought(run, text, a, "sub"));
            case "isdigit", "isnumeric", "isdecimal" -> (run, a) -> !text.isEmpty()
                    && text.codePoints().allMatch(Character::isDigit);
            case "isalpha" -> (run, a) -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetter);
            case "isalnum" -> (run, a) -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetterOrDigit);
            case "isspace" -> (run, a) -> !text.isEmpty() && Strings.strip(text).isEmpty();
            case "islower" -> (run, a) -> text.equals(text.toLowerCase(Locale.ROOT))
                    && !text.equals(text.toUpperCase(Locale.ROOT));
            case "isupper" -> (run, a) -> text.equals(text.toUpperCase(Locale.ROOT))
                    && !text.equals(text.toLowerCase(Locale.ROOT));
            default -> null;
        };
    }

    /** A test of a text by another. */
    private interface Matcher {
        boolean matches(String other);
    }

    /** The text of the first argument, once the search for it is counted. */
    private static String sought(Run run, String text, Arguments arguments, String name) {
        String sought = arguments.text(0, name);
        run.budget().sought(text, sought);
        return sought;
    }

    private static boolean any(Run run, Object given, Matcher matcher) {
        if (given instanceof Tuple several) {
            several.forEach(each -> run.budget().spend(1 + Values.text(each, "an argument").length() / 16));
            return several.stream().anyMatch(each -> matcher.matches(Values.text(each, "an argument")));
        }
        return matcher.matches(Values.text(given, "an argument"));
    }

    private static List<Object> split(Run run, List<Object> parts) {
        run.budget().spend(4L * parts.size());
        return parts;
    }

    private static Tuple partition(String text, String separator, int at) {
        if (separator.isEmpty()) {
            throw new TemplateException("The chat template splits at an empty text.");
        }
        return at < 0 ? new Tuple(List.of(text, "", ""))
                : new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }

    private static long place(String text, int at) {
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    private static long count(String text, String sought) {
        if (sought.isEmpty()) {
            return Strings.length(text) + 1L;
        }
        long count = 0;
        for (int at = 0; (at = text.indexOf(sought, at)) >= 0; at += sought.length()) {
            count++;
        }
        return count;
    }

    /** As {@code str.replace}. */
    static String replace(Run run, String text, String old, String fresh, long most) {
        run.budget().sought(text, old);
        long times = old.isEmpty() ? Strings.length(text) + 1L : count(text, old);
        times = most < 0 ? times : Math.min(most, times);
        run.budget().requireLength(text.length() + times * (fresh.length() - (long) old.length()));
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (long done = 0; done < times; done++) {
            if (old.isEmpty()) {
                out.append(fresh);
                if (at < text.length()) {
                    out.appendCodePoint(text.codePointAt(at));
                    at += Character.charCount(text.codePointAt(at));
                }
            } else {
                int next = text.indexOf(old, at);
                out.append(text, at, next).append(fresh);
                at = next + old.length();
            }
        }
        return run.budget().made(out.append(text.substring(at)).toString());
    }

    /** As {@code separator.join(values)}, with everything made text first, as Jinja's filter does. */
    static String join(Run run, String separator, Object values) {
        StringBuilder out = new StringBuilder();
        String between = "";
        for (Object each : Values.elements(run, values)) {
            out.append(between).append(Representation.print(run, each));
            run.budget().requireLength(out.length());
            between = separator;
        }
        return run.budget().made(out.toString());
    }

    static String capitalise(String text) {
        return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                + text.substring(text.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT);
    }

    /** Words begin with a capital; a word begins after what is no letter or, where given, after these alone. */
    static String title(String text, String boundaries) {
        StringBuilder out = new StringBuilder();
        boolean begins = true;
        for (int at = 0; at < text.length();) {
            int c = text.codePointAt(at);
            String one = Character.toString(c);
            out.append(begins ? one.toUpperCase(Locale.ROOT) : one.toLowerCase(Locale.ROOT));
            begins = boundaries.isEmpty() ? !Character.isLetter(c)
                    : boundaries.indexOf(c) >= 0 || c < 0x10000 && Strings.isSpace((char) c);
            at += Character.charCount(c);
        }
        return out.toString();
    }
}
