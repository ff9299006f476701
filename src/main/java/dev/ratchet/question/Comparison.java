package dev.ratchet.question;

/**
 * What an answer says of two responses.
 *
 * @param first the response that was shown first
 * @param strength 1 to 3 where the first is better, -3 to -1 where the second is, 0 for a tie
 * @param bothBad whether neither is good; the strength is 0 then
 */
public record Comparison(long first, long second, int strength, boolean bothBad) {
    static final int STRONGEST = 3;

    public Comparison {
        if (first == second || Math.abs(strength) > STRONGEST || bothBad && strength != 0) {
            throw new IllegalArgumentException("No comparison: " + first + ", " + second + ", " + strength);
        }
    }

    static Comparison of(long first, long second, int strength) {
        return new Comparison(first, second, Math.max(-STRONGEST, Math.min(STRONGEST, strength)), false);
    }
}
