package dev.ratchet.training;

/**
 * How the loop trains and measures; every value is frozen in the spec of each run that uses it.
 *
 * @param supervised hyperparameters of supervised runs
 * @param reward hyperparameters of reward runs
 * @param preference hyperparameters of preference runs
 * @param validationShare share of the training prompts whose pairs tell a reward run when to stop
 * @param evaluateEvery steps between looks at those pairs; 0 for the end of each epoch
 * @param patience looks without a better accuracy after which a reward run stops; 0 for never
 * @param samplingPrompts most training prompts for which a preference run samples fresh replies
 * @param pairsPerPrompt pairs that the reward model labels for each prompt: best with worst, second with second worst…
 * @param labelledWeight weight of a pair that the reward model labelled; people's pairs have their own
 * @param evaluationPrompts most held-out prompts of an evaluation
 * @param evaluationSamples replies of each model to each held-out prompt
 */
public record Recipe(
        TrainingRecipe supervised,
        TrainingRecipe reward,
        TrainingRecipe preference,
        double validationShare,
        int evaluateEvery,
        int patience,
        int samplingPrompts,
        int pairsPerPrompt,
        double labelledWeight,
        int evaluationPrompts,
        int evaluationSamples) {}
