package dev.ratchet.task;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The languages and skills that a task needs: lower case words such as {@code de} or {@code medicine}. */
final class TaskTags {
    /** Most tags of a task. */
    static final int MOST = 20;

    private static final Pattern WORD = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}][\\p{Ll}\\p{Lo}\\p{M}\\p{N}_.+-]{0,39}");

    private TaskTags() {
    }

    /**
     * Tags in lower case, sorted, each once.
     *
     * @param refused makes the refusal of the rule that is broken
     */
    static List<String> of(List<String> tags, Function<String, ? extends RuntimeException> refused) {
        if (tags.size() > MOST) {
            throw refused.apply("tags must be at most " + MOST);
        }
        return tags.stream().map(tag -> word(tag, refused)).distinct().sorted().toList();
    }

    private static String word(String tag, Function<String, ? extends RuntimeException> refused) {
        String word = tag == null ? "" : tag.strip().toLowerCase(Locale.ROOT);
        if (!WORD.matcher(word).matches()) {
            throw refused.apply("tags must be words of 1 to 40 letters and digits, such as de or medicine");
        }
        return word;
    }
}
