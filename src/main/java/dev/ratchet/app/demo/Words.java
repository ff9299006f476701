package dev.ratchet.app.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Cuts text into sentences and words, the same way for what the grammar writes and what a model writes. */
final class Words {

    private static final Pattern WORD = Pattern.compile("\\{item}|[\\p{L}\\p{N}']+|[^\\s\\p{L}\\p{N}']");

    private Words() {}

    /** The sentences with their end marks; a last piece without one stays as it is. */
    static List<String> sentences(String text) {
        return Arrays.stream(text.strip().split("(?<=[.?!])\\s+")).filter(sentence -> !sentence.isBlank()).toList();
    }

    /** Words and marks in lower case; {@code {item}} stays whole. */
    static List<String> of(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    }

    /** Words alone, in lower case, joined by single spaces and with one at either end. */
    static String plain(String text) {
        return " " + String.join(" ", of(text).stream().filter(word -> Character.isLetterOrDigit(word.charAt(0)))
                .toList()) + " ";
    }
}
