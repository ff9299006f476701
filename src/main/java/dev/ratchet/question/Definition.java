package dev.ratchet.question;

import java.util.List;
import java.util.regex.Pattern;

/** Rules that all questions share. */
final class Definition {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_LINE = 200;
    private static final int MOST_OPTIONS = 30;

    private Definition() {
    }

    static void check(Question question) {
        require(isName(question.name()), "name", "must be 1 to 40 lower-case letters, digits or hyphens");
        require(isLine(question.title(), false), "title", "must be 1 to " + MOST_LINE + " characters");
        require(isLine(question.help(), true), "help", "must be at most " + MOST_LINE + " characters");
    }

    static void options(String field, List<Option> options) {
        require(!options.isEmpty() && options.size() <= MOST_OPTIONS, field, "must be 1 to " + MOST_OPTIONS);
        require(options.stream().allMatch(o -> o != null && isName(o.name()) && isLine(o.title(), false)), field,
                "need a name of lower-case letters, digits or hyphens, and a title, each");
        require(options.stream().map(Option::name).distinct().count() == options.size(), field,
                "must have different names");
    }

    static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    static boolean isLine(String text, boolean mayBeEmpty) {
        return text == null ? mayBeEmpty : text.length() <= MOST_LINE && (mayBeEmpty || !text.isBlank())
                && text.indexOf('\0') < 0;
    }

    static <T> List<T> list(List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static void require(boolean met, String field, String rule) {
        if (!met) {
            throw new InvalidQuestion(field, rule);
        }
    }
}
