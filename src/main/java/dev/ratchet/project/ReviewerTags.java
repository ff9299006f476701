package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Languages and skills of reviewers: lower-case words such as {@code de} or {@code medicine}. */
public final class ReviewerTags {
    private static final int MOST = 30;
    private static final Pattern TAG = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{Nd}][\\p{Ll}\\p{Lo}\\p{Nd}._+-]{0,31}");

    private ReviewerTags() {}

    /** The words of a text, between commas or white space. */
    public static List<String> split(String text) {
        return text == null ? List.of() : Arrays.stream(text.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    /**
     * Each tag once, in lower case.
     *
     * @throws Problem 422 where a word cannot be a tag, or there are too many
     */
    static String[] read(Collection<String> words) {
        List<String> tags = words == null ? List.of() : words.stream()
                .map(word -> word == null ? "" : word.strip().toLowerCase(Locale.ROOT)).distinct().sorted().toList();
        if (tags.size() > MOST || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
            throw Problem.unprocessable("invalid-tags", "The tags cannot be used",
                    "Write at most " + MOST + " languages and skills as words of at most 32 letters and digits, such as"
                            + " de or medicine.");
        }
        return tags.toArray(String[]::new);
    }
}
