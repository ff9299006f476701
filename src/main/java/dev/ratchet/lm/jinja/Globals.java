package dev.ratchet.lm.jinja;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that a template may call: Jinja's own, and those that transformers adds. */
final class Globals {
    /** As Jinja's sandbox has it. */
    private static final long LONGEST_RANGE = 100_000;
    private static final int LONGEST_FORMAT = 1_000;

    private Globals() {
    }

    static void define(Scope scope) {
        scope.set("range", (Callable) Globals::range);
        scope.set("dict", (Callable) (run, a) -> mapping(run, a));
        scope.set("namespace", (Callable) (run, a) -> new Namespace(mapping(run, a)));
        scope.set("raise_exception", (Callable) (run, a) -> {
            throw new TemplateRefusal(Representation.print(run, a.required(0, "message")));
        });
        scope.set("strftime_now", (Callable) (run, a) -> {
            String format = a.text(0, "format");
            if (format.length() > LONGEST_FORMAT) {
                throw new TemplateException("The chat template asks for the time in more than " + LONGEST_FORMAT
                        + " characters.");
            }
            run.budget().spend(1 + 16L * format.length());
            return run.budget().made(now(ZonedDateTime.now(run.clock()), format));
        });
    }

    private static Object range(Run run, Arguments a) {
        int count = a.positional().size();
        long begin = count > 1 ? a.whole(0, "start", 0) : 0;
        long end = a.whole(count > 1 ? 1 : 0, "stop", 0);
        long step = a.whole(2, "step", 1);
        if (step == 0) {
            throw new TemplateException("The chat template counts in steps of 0.");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = begin; step > 0 ? i < end : i > end; i = Math.addExact(i, step)) {
            if (numbers.size() == LONGEST_RANGE) {
                throw new TemplateException("The chat template counts further than " + LONGEST_RANGE + ".");
            }
            numbers.add(i);
        }
        run.budget().spend(numbers.size());
        return numbers;
    }

    private static Map<Object, Object> mapping(Run run, Arguments a) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (!a.positional().isEmpty()) {
            if (a.positional().get(0) instanceof Map<?, ?> given) {
                run.budget().spend(given.size());
                map.putAll(given);
            } else {
                for (Object each : Values.elements(run, a.positional().get(0))) {
                    List<Object> pair = Values.elements(run, each);
                    map.put(Values.key(pair.get(0)), pair.get(1));
                }
            }
        }
        map.putAll(a.named());
        return map;
    }

    /** As {@code datetime.now().strftime(format)} in English. */
    private static String now(ZonedDateTime time, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            boolean bare = directive == '-' && i + 1 < format.length();
            directive = bare ? format.charAt(++i) : directive;
            String text = directive == '%' ? "%" : DateTimeFormatter.ofPattern(pattern(directive), Locale.ENGLISH)
                    .format(time);
            out.append(bare && text.length() > 1 && text.startsWith("0") ? text.substring(1) : text);
        }
        return out.toString();
    }

    private static String pattern(char directive) {
        return switch (directive) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'y' -> "yy";
            case 'Y' -> "uuuu";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'F' -> "uuuu-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/yy";
            case 'R' -> "HH:mm";
            default -> throw new TemplateException("The chat template asks for the time as %" + directive
                    + ", which is not known here.");
        };
    }
}
