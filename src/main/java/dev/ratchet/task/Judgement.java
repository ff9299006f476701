package dev.ratchet.task;

import dev.ratchet.platform.Problem;

/**
 * What a reviewer says of two answers.
 *
 * @param strength -3 (left much better) to 3 (right much better), never 0; null unless the verdict is a preference
 * @param comment free text for the project's lead; null for none
 */
public record Judgement(Verdict verdict, Integer strength, String comment) {
    static final int MAX_COMMENT = 4_000;

    /** A blank comment says nothing: it is none. */
    public Judgement {
        comment = comment == null || comment.isBlank() ? null : comment.strip();
    }

    /** @throws Problem 422 if the parts do not fit together; names the field */
    void check() {
        if (verdict == null || verdict == Verdict.WITHDRAWN) {
            throw invalid("verdict must be preference, tie or both_bad; undo a rating to withdraw it");
        }
        if (verdict == Verdict.PREFERENCE && strength == null) {
            throw invalid("strength is missing: a preference needs -3 (left much better) to 3 (right much better)");
        }
        if (verdict != Verdict.PREFERENCE && strength != null) {
            throw invalid("strength must be absent when verdict is " + verdict.code());
        }
        if (strength != null && (strength == 0 || strength < -3 || strength > 3)) {
            throw invalid("strength must be -3 to -1 (left better) or 1 to 3 (right better), and is " + strength
                    + "; use verdict tie for neither");
        }
        if (comment != null && (comment.length() > MAX_COMMENT || comment.indexOf('\0') >= 0)) {
            throw invalid("comment must be at most " + MAX_COMMENT + " characters of text without NUL");
        }
    }

    private static Problem invalid(String detail) {
        return Problem.unprocessable("invalid-judgement", "The judgement is not valid", detail);
    }
}
