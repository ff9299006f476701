package dev.ratchet.app.demo;

/** What a simulated reviewer says of two replies. */
public sealed interface Judgement {

    /**
     * One reply is better.
     *
     * @param strength -3 (left much better) to -1 (left slightly), 1 (right slightly) to 3 (right much better)
     */
    record Preference(int strength) implements Judgement {

        public Preference {
            if (strength == 0 || Math.abs(strength) > 3) {
                throw new IllegalArgumentException("A preference has a strength of -3..-1 or 1..3, not " + strength);
            }
        }
    }

    /** Both are as good. */
    record Tie() implements Judgement {}

    /** Neither is good enough to choose. */
    record BothBad() implements Judgement {}
}
