package dev.ratchet.training;

/**
 * A line of {@code evaluation.jsonl}: one reply of each model to a held-out prompt.
 *
 * @param candidateScore the reward model's score of the candidate's reply
 * @param championScore the reward model's score of the champion's reply
 * @param klToChampion log-probability of the candidate's reply under the candidate less that under the champion, in
 *     nats
 * @param klToRoot the same against the champion's first ancestor
 */
public record EvaluationRow(
        long promptId,
        String candidateText,
        String championText,
        double candidateScore,
        double championScore,
        double klToChampion,
        double klToRoot) {}
