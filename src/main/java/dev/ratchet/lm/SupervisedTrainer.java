package dev.ratchet.lm;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Supervised training on replies: the mean negative log-likelihood of the reply's tokens and its end token, over all
 * such tokens of an optimiser step. The prompt's tokens are seen but not learned.
 */
public final class SupervisedTrainer {
    /**
     * Trains the model in place.
     *
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     * @throws ContextLengthException where an example is longer than the model's context
     */
    public TrainingLoop.Result train(LanguageModel model, List<SupervisedExample> examples, TrainingSpec spec,
            Path checkpoints, TrainingListener listener) {
        return trainTokens(model, examples.stream().flatMap(e -> model.encoder().examples(e).stream()).toList(),
                spec, checkpoints, listener);
    }

    /** The same on examples that are tokens already. */
    public TrainingLoop.Result trainTokens(LanguageModel model, List<Example> examples, TrainingSpec spec,
            Path checkpoints, TrainingListener listener) {
        return new TrainingLoop<>(model.decoder(), new Likelihood(), spec, examples)
                .run(checkpoints, listener, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
    }

    /** Mean negative log-likelihood per completion token. */
    private record Likelihood() implements Objective<Example> {
        @Override
        public Decoder.Head head() {
            return Decoder.Head.LOG_PROBABILITY;
        }

        @Override
        public Row row(Example example) {
            return Row.of(example);
        }

        @Override
        public double scale(List<Example> step) {
            return step.stream().mapToInt(Example::outputs).sum();
        }

        @Override
        public Loss loss(List<Example> examples, double[] outputs, double tokens) {
            double loss = 0;
            double[] derivative = new double[outputs.length];
            for (int i = 0; i < outputs.length; i++) {
                loss -= outputs[i] / tokens;
                derivative[i] = -1 / tokens;
            }
            return new Loss(loss, derivative, Map.of("completion_tokens", scale(examples)));
        }
    }
}
