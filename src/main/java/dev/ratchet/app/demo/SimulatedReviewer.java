package dev.ratchet.app.demo;

import java.util.Random;

/**
 * Judges two replies as a person would: Bradley-Terry noise on the difference of their scores under the rubric.
 *
 * <p>The latent preference is (right - left) / temperature plus logistic noise, so that the right reply is preferred
 * with probability sigmoid((right - left) / temperature); its size gives the strength. Not safe for several threads.
 */
public final class SimulatedReviewer {

    private static final double TIE_BELOW = 0.12;
    private static final double SLIGHT_BELOW = 1.5;
    private static final double CLEAR_BELOW = 3.5;
    private static final double BAD_SCORE = 2.0;

    private final Rubric rubric;
    private final Character character;
    private final Random random;

    /** How much a reviewer regards what the replies say. */
    public enum Character {
        /** Agrees with the rubric's order of two base samples in 75-85% of cases. */
        CAREFUL(1.6),
        /** Hardly better than a coin. */
        CARELESS(20),
        /** Reads as carefully as the careful ones, and prefers the worse reply. */
        ADVERSARIAL(1.6),
        /** A coin. */
        COIN(Double.POSITIVE_INFINITY),
        /** Always picks the left reply, whatever it says. */
        LEFT_PICKER(Double.POSITIVE_INFINITY);

        private final double temperature;

        Character(double temperature) {
            this.temperature = temperature;
        }
    }

    public SimulatedReviewer(Rubric rubric, Character character, long seed) {
        this.rubric = rubric;
        this.character = character;
        this.random = new Random(seed);
    }

    /** What this reviewer says; draws from the seeded noise, so the order of calls matters. */
    public Judgement judge(String prompt, String left, String right) {
        double noise = logistic();
        if (character == Character.LEFT_PICKER) {
            return new Judgement.Preference(-strength(Math.abs(noise)));
        }
        double leftScore = rubric.score(prompt, left);
        double rightScore = rubric.score(prompt, right);
        if (character == Character.CAREFUL && Math.max(leftScore, rightScore) < BAD_SCORE) {
            return new Judgement.BothBad();
        }
        double difference = character == Character.ADVERSARIAL ? leftScore - rightScore : rightScore - leftScore;
        double latent = difference / character.temperature + noise;
        if (Math.abs(latent) < TIE_BELOW) {
            return new Judgement.Tie();
        }
        return new Judgement.Preference((int) Math.signum(latent) * strength(Math.abs(latent)));
    }

    private static int strength(double size) {
        return size < SLIGHT_BELOW ? 1 : size < CLEAR_BELOW ? 2 : 3;
    }

    private double logistic() {
        double uniform = Math.max(random.nextDouble(), Double.MIN_NORMAL);
        return Math.log(uniform / (1 - uniform));
    }
}
