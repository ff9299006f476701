package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One button of a preference question: the value that the form sends, the key that presses it, and what it means. */
enum Choice {
    A_MUCH("-3", "1", "A", RatingMessages::muchBetter, RatingMessages::isMuchBetter, -3),
    A_BETTER("-2", "2", "A", RatingMessages::better, RatingMessages::isBetter, -2),
    A_SLIGHTLY("-1", "3", "A", RatingMessages::slightlyBetter, RatingMessages::isSlightlyBetter, -1),
    TIE("tie", "0 t", "", RatingMessages::tie, (messages, side) -> messages.aboutTheSame(), null),
    B_SLIGHTLY("1", "4", "B", RatingMessages::slightlyBetter, RatingMessages::isSlightlyBetter, 1),
    B_BETTER("2", "5", "B", RatingMessages::better, RatingMessages::isBetter, 2),
    B_MUCH("3", "6", "B", RatingMessages::muchBetter, RatingMessages::isMuchBetter, 3),
    BOTH_BAD("both_bad", "b", "", RatingMessages::bothBad, (messages, side) -> messages.neitherIsGood(), null);

    private final String code;
    private final String keys;
    private final String side;
    private final Function<RatingMessages, String> words;
    private final BiFunction<RatingMessages, String, String> sentence;
    private final Integer strength;

    Choice(
            String code, String keys, String side, Function<RatingMessages, String> words,
            BiFunction<RatingMessages, String, String> sentence, Integer strength) {
        this.code = code;
        this.keys = keys;
        this.side = side;
        this.words = words;
        this.sentence = sentence;
        this.strength = strength;
    }

    /** The choice with a {@link #code()}; empty where no button sends that. */
    static Optional<Choice> of(String code) {
        return Arrays.stream(values()).filter(choice -> choice.code.equals(code)).findFirst();
    }

    /** The choice that a stored answer to a preference question was. */
    static Choice of(JsonNode answer) {
        return Arrays.stream(values()).filter(choice -> choice.answer().equals(answer)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No button means " + answer));
    }

    /** The answer to a preference question. */
    ObjectNode answer() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return strength == null ? answer.put("verdict", code)
                : answer.put("verdict", "preference").put("strength", strength);
    }

    public String code() {
        return code;
    }

    /** The keys that press it, separated by spaces; the first is shown. */
    public String keys() {
        return keys;
    }

    /** The keys one by one. */
    public List<String> keyList() {
        return List.of(keys.split(" "));
    }

    /** The key that is shown on the button. */
    public String key() {
        return keys.substring(0, 1);
    }

    /** {@code A}, {@code B} or nothing. */
    public String side() {
        return side;
    }

    /** What the button says: {@code much better}. */
    String words(RatingMessages messages) {
        return words.apply(messages);
    }

    public Integer strength() {
        return strength;
    }

    /** 1 to 3 for a preference, 0 for none. */
    public int step() {
        return strength == null ? 0 : Math.abs(strength);
    }

    /** The choice in a whole sentence, for who hears it and as a hint: {@code A is much better}. */
    String sentence(RatingMessages messages) {
        return sentence.apply(messages, side);
    }

    /** The choice as a list says it: {@code A much better}. */
    String label(RatingMessages messages) {
        return side.isEmpty() ? words(messages) : side + " " + words(messages);
    }

    /** Where the button stands, for the style sheet. */
    public String className() {
        return switch (this) {
            case TIE -> "tie";
            case BOTH_BAD -> "both-bad";
            default -> "strength";
        };
    }

    public boolean isPreference() {
        return strength != null;
    }
}
