package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One button of the rating page: the value that the form sends, the key that presses it, and what it means. */
enum Choice {
    A_MUCH("-3", "1", "A", "much better", Verdict.PREFERENCE, -3),
    A_BETTER("-2", "2", "A", "better", Verdict.PREFERENCE, -2),
    A_SLIGHTLY("-1", "3", "A", "slightly better", Verdict.PREFERENCE, -1),
    TIE("tie", "0 t", "", "Tie", Verdict.TIE, null),
    B_SLIGHTLY("1", "4", "B", "slightly better", Verdict.PREFERENCE, 1),
    B_BETTER("2", "5", "B", "better", Verdict.PREFERENCE, 2),
    B_MUCH("3", "6", "B", "much better", Verdict.PREFERENCE, 3),
    BOTH_BAD("both_bad", "b", "", "Both bad", Verdict.BOTH_BAD, null);

    private final String code;
    private final String keys;
    private final String side;
    private final String words;
    private final Verdict verdict;
    private final Integer strength;

    Choice(String code, String keys, String side, String words, Verdict verdict, Integer strength) {
        this.code = code;
        this.keys = keys;
        this.side = side;
        this.words = words;
        this.verdict = verdict;
        this.strength = strength;
    }

    /**
     * @param code what the form sent
     * @throws Problem 422 where no button sends that
     */
    static Choice of(String code) {
        return Arrays.stream(values())
                .filter(choice -> choice.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.unprocessable(
                        "unknown-choice",
                        "There is no such choice",
                        "A choice is -3, -2, -1, 1, 2, 3, tie or both_bad. Nothing was stored; choose again."));
    }

    static Choice of(Verdict verdict, Integer strength) {
        return Arrays.stream(values())
                .filter(choice -> choice.verdict == verdict && Objects.equals(choice.strength, strength))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No button means " + verdict + " " + strength));
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

    public String words() {
        return words;
    }

    public Verdict verdict() {
        return verdict;
    }

    public Integer strength() {
        return strength;
    }

    /** 1 to 3 for a preference, 0 for none. */
    public int step() {
        return strength == null ? 0 : Math.abs(strength);
    }

    /** The choice as people say it: {@code A much better}. */
    public String label() {
        return side.isEmpty() ? words : side + " " + words;
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
        return verdict == Verdict.PREFERENCE;
    }
}
