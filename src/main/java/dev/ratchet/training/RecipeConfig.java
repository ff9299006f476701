package dev.ratchet.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings {@code ratchet.recipe.*}; the defaults suit a model of about two million parameters. */
@ConfigMapping(prefix = "ratchet.recipe")
public interface RecipeConfig {

    Supervised supervised();

    Reward reward();

    Preference preference();

    Evaluation evaluation();

    /** Settings {@code ratchet.recipe.supervised.*}, see {@link TrainingRecipe}. */
    interface Supervised {
        @WithDefault("2")
        int epochs();

        @WithDefault("32")
        int batchSize();

        @WithDefault("1")
        int accumulation();

        @WithDefault("0.0001")
        double learningRate();

        @WithDefault("0.1")
        double warmupShare();

        @WithDefault("0.01")
        double weightDecay();

        @WithDefault("1.0")
        double clipNorm();

        @WithDefault("50")
        int checkpointEvery();
    }

    /** Settings {@code ratchet.recipe.reward.*}, see {@link TrainingRecipe} and {@link Recipe}. */
    interface Reward {
        @WithDefault("4")
        int epochs();

        @WithDefault("32")
        int batchSize();

        @WithDefault("1")
        int accumulation();

        @WithDefault("0.0008")
        double learningRate();

        @WithDefault("0.1")
        double warmupShare();

        @WithDefault("0.01")
        double weightDecay();

        @WithDefault("1.0")
        double clipNorm();

        @WithDefault("25")
        int checkpointEvery();

        @WithDefault("0.15")
        double validationShare();

        @WithDefault("0")
        int evaluateEvery();

        @WithDefault("2")
        int patience();
    }

    /** Settings {@code ratchet.recipe.preference.*}, see {@link TrainingRecipe} and {@link Recipe}. */
    interface Preference {
        @WithDefault("1")
        int epochs();

        @WithDefault("32")
        int batchSize();

        @WithDefault("1")
        int accumulation();

        @WithDefault("0.0004")
        double learningRate();

        @WithDefault("0.1")
        double warmupShare();

        @WithDefault("0.0")
        double weightDecay();

        @WithDefault("1.0")
        double clipNorm();

        @WithDefault("25")
        int checkpointEvery();

        @WithDefault("500")
        int samplingPrompts();

        @WithDefault("2")
        int pairsPerPrompt();

        @WithDefault("1.0")
        double labelledWeight();
    }

    /** Settings {@code ratchet.recipe.evaluation.*}, see {@link Recipe}. */
    interface Evaluation {
        @WithDefault("300")
        int prompts();

        @WithDefault("2")
        int samples();
    }

    /** The settings as one value. */
    default Recipe recipe() {
        return new Recipe(
                new TrainingRecipe(
                        supervised().epochs(),
                        supervised().batchSize(),
                        supervised().accumulation(),
                        supervised().learningRate(),
                        supervised().warmupShare(),
                        supervised().weightDecay(),
                        supervised().clipNorm(),
                        supervised().checkpointEvery()),
                new TrainingRecipe(
                        reward().epochs(),
                        reward().batchSize(),
                        reward().accumulation(),
                        reward().learningRate(),
                        reward().warmupShare(),
                        reward().weightDecay(),
                        reward().clipNorm(),
                        reward().checkpointEvery()),
                new TrainingRecipe(
                        preference().epochs(),
                        preference().batchSize(),
                        preference().accumulation(),
                        preference().learningRate(),
                        preference().warmupShare(),
                        preference().weightDecay(),
                        preference().clipNorm(),
                        preference().checkpointEvery()),
                reward().validationShare(),
                reward().evaluateEvery(),
                reward().patience(),
                preference().samplingPrompts(),
                preference().pairsPerPrompt(),
                preference().labelledWeight(),
                evaluation().prompts(),
                evaluation().samples());
    }
}
