package dev.ratchet.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Supervised training: the mean negative log-likelihood of the learned tokens, {@code -sum log p(token) / tokens}, over
 * all such tokens of an optimiser step. In a conversation those are the assistant's with their end tokens; in plain
 * text, all. The others are seen but not learned.
 */
public final class SupervisedTrainer {
    /** Longest row of packed text: what attention costs grows with its square. */
    private static final int LONGEST_TEXT = 1024;

    /**
     * Trains the model in place. Plain texts ({@link SupervisedExample#text}) are packed into rows of up to 1,024
     * tokens, or of the context where it is shorter.
     *
     * @param checkpoints folder of this run alone, from which it resumes; null for none
     * @throws ContextLengthException where a conversation is longer than the model's context
     * @throws dev.ratchet.lm.jinja.TemplateException where several turns are to be learned and the template cannot
     *     tell them
     */
    public TrainingLoop.Result train(LanguageModel model, List<SupervisedExample> examples, TrainingSpec spec,
            Path checkpoints, TrainingListener listener) {
        List<Row> rows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (SupervisedExample example : examples) {
            if (example.conversation().isEmpty()) {
                texts.add(example.reply());
            } else {
                rows.add(Row.of(model.encoder().example(example)));
            }
        }
        if (!texts.isEmpty()) {
            rows.addAll(PackedText.rows(model, texts, Math.min(LONGEST_TEXT, model.contextLength())));
        }
        return trainRows(model, rows, spec, checkpoints, listener);
    }

    /** The same on examples that are tokens already. */
    public TrainingLoop.Result trainTokens(LanguageModel model, List<Example> examples, TrainingSpec spec,
            Path checkpoints, TrainingListener listener) {
        return trainRows(model, examples.stream().map(Row::of).toList(), spec, checkpoints, listener);
    }

    /**
     * The same on rows, whose learned tokens may be any: several turns of an assistant, or plain text packed by
     * {@link PackedText}.
     */
    public TrainingLoop.Result trainRows(LanguageModel model, List<Row> rows, TrainingSpec spec, Path checkpoints,
            TrainingListener listener) {
        return new TrainingLoop<>(model.decoder(), new Likelihood(), spec, rows)
                .run(checkpoints, listener, TrainingLoop.Inspector.NONE, new LinkedHashMap<>());
    }

    /** Mean negative log-likelihood per learned token. */
    public record Likelihood() implements Objective<Row> {
        @Override
        public Decoder.Head head() {
            return Decoder.Head.LOG_PROBABILITY;
        }

        @Override
        public Row row(Row row) {
            return row;
        }

        @Override
        public double scale(List<Row> step) {
            return step.stream().mapToInt(Decoder.Head.TOKEN_LOG_PROBABILITY::outputs).sum();
        }

        @Override
        public Loss loss(List<Row> rows, double[] outputs, double tokens) {
            double loss = 0;
            double[] derivative = new double[outputs.length];
            for (int i = 0; i < outputs.length; i++) {
                loss -= outputs[i] / tokens;
                derivative[i] = -1 / tokens;
            }
            return new Loss(loss, derivative, Map.of());
        }
    }
}
