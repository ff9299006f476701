package dev.ratchet.project;

/**
 * What a project decides about its retraining loop and its rating page.
 *
 * @param retrainAfterPairs new training pairs since the last snapshot that start the loop; 0 starts it by hand only
 * @param maxReplyTokens longest reply that is sampled, in tokens
 * @param temperature sampling temperature of responses that people see and of evaluations
 * @param samplesPerPrompt fresh replies that the reward model ranks for each training prompt
 * @param beta strength of the pull to the reference policy in preference optimisation
 * @param supervisedCoefficient weight of the chosen replies' mean negative log-likelihood in preference optimisation
 * @param klBudget most nats per reply that a candidate may stand from the champion
 * @param minimumWinRate the lower bound of the reward model's win rate must be above it
 * @param minimumRewardAccuracy the lower bound of the reward model's held-out accuracy must be above it
 * @param sensitive whether texts are blurred on the rating page until their reviewer asks for them
 * @param supervisedAfter new imported demonstrations and documents on the training side that start the loop with a
 *     supervised run; 0 for never
 */
public record ProjectSettings(
        int retrainAfterPairs,
        int maxReplyTokens,
        double temperature,
        int samplesPerPrompt,
        double beta,
        double supervisedCoefficient,
        double klBudget,
        double minimumWinRate,
        double minimumRewardAccuracy,
        boolean sensitive,
        int supervisedAfter) {

    /** Settings of a project whose texts are not sensitive, and whose loop trains on pairs alone. */
    public ProjectSettings(int retrainAfterPairs, int maxReplyTokens, double temperature, int samplesPerPrompt,
            double beta, double supervisedCoefficient, double klBudget, double minimumWinRate,
            double minimumRewardAccuracy) {
        this(retrainAfterPairs, maxReplyTokens, temperature, samplesPerPrompt, beta, supervisedCoefficient, klBudget,
                minimumWinRate, minimumRewardAccuracy, false, 0);
    }

    public static ProjectSettings defaults() {
        return new ProjectSettings(500, 64, 1.0, 8, 0.1, 0.1, 10, 0.5, 0.55);
    }

    /** The same settings for texts that are sensitive, or are not. */
    public ProjectSettings withSensitive(boolean sensitive) {
        return new ProjectSettings(retrainAfterPairs, maxReplyTokens, temperature, samplesPerPrompt, beta,
                supervisedCoefficient, klBudget, minimumWinRate, minimumRewardAccuracy, sensitive, supervisedAfter);
    }

    /** The same settings for a loop that starts supervised after so many new demonstrations; 0 for never. */
    public ProjectSettings withSupervisedAfter(int demonstrations) {
        return new ProjectSettings(retrainAfterPairs, maxReplyTokens, temperature, samplesPerPrompt, beta,
                supervisedCoefficient, klBudget, minimumWinRate, minimumRewardAccuracy, sensitive, demonstrations);
    }
}
