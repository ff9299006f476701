package dev.ratchet.lm;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures the learning core at the demo's size; run its main by hand, with a folder that holds a tokenizer. */
public final class LearningBenchmark {
    private LearningBenchmark() {
    }

    public static void main(String[] arguments) {
        ModelConfig config = ModelConfig.llama(1024, 192, 512, 4, 6, 6, 256, true, 1, 2);
        System.out.println(Torch.describe() + ", threads " + Torch.threads() + ", parameters " + config.parameters());
        try (LanguageModel model = LanguageModel.initialise(config, Path.of(arguments[0]), 1)) {
            Random random = new Random(7);
            List<Example> examples = new ArrayList<>();
            for (int i = 0; i < 1024; i++) {
                examples.add(new Example(tokens(random, 20 + random.nextInt(20)), tokens(random, 20 + random.nextInt(20))));
            }
            for (ComputeType type : ComputeType.values()) {
                train(model, examples, type);
                long begin = System.nanoTime();
                model.logProbabilities(examples, type);
                report(type + " log-probabilities of 1024 examples", begin);
                generate(model.copy(type), examples, type);
            }
        }
    }

    private static void train(LanguageModel model, List<Example> examples, ComputeType type) {
        TrainingSpec spec = new TrainingSpec(1, 64, 1, 1e-4, 0.1, TrainingSpec.Decay.COSINE, 0.01, 1, 1, 0, type);
        List<Double> rates = new ArrayList<>();
        long begin = System.nanoTime();
        new SupervisedTrainer().trainTokens(model, examples, spec, null, (s, t, m) -> rates.add(m.get("tokens_per_second")));
        report(type + " supervised epoch, median " + Math.round(rates.stream().sorted().toList().get(rates.size() / 2))
                + " tokens/s", begin);
    }

    private static void generate(LanguageModel model, List<Example> examples, ComputeType type) {
        List<int[]> prompts = examples.subList(0, 1000).stream().map(Example::prompt).toList();
        long begin = System.nanoTime();
        model.generateTokens(prompts, new Sampling(36, 1, 0, 0.95, 3, List.of()), ProgressListener.SILENT);
        report(type + " 1000 samples of 36 tokens, top-p 0.95", begin);
        begin = System.nanoTime();
        model.generateTokens(prompts, new Sampling(36, 1, 0, 1, 3, List.of()), ProgressListener.SILENT);
        report(type + " 1000 samples of 36 tokens", begin);
    }

    private static void report(String what, long begin) {
        System.out.printf("%s: %.2f s%n", what, (System.nanoTime() - begin) / 1e9);
    }

    private static int[] tokens(Random random, int count) {
        return random.ints(count, 3, 1024).toArray();
    }
}
