package dev.ratchet.training;

import dev.ratchet.lm.BytePairTrainer;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A very small policy that has learned a very small world: it greets politely or rudely, half and half. */
public final class TinyPolicy {
    public static final String POLITE = "please";
    private static final List<String> THINGS = List.of("lamp", "desk", "chair", "phone", "radio", "kettle", "shelf", "clock");
    private static final List<String> STATES = List.of("broke", "is late", "was lost", "came twice", "is dirty", "is loud");
    private static final List<String> PEOPLE = List.of("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal");

    private TinyPolicy() {}

    /** Prompt number {@code i}; 384 are different. */
    public static List<Message> prompt(int i) {
        String thing = THINGS.get(i % 8);
        String state = STATES.get(i / 8 % 6);
        return List.of(Message.user("%s: my %s %s.".formatted(PEOPLE.get(i / 48 % 8), thing, state)));
    }

    /** One of two polite, or of two rude replies. */
    public static String reply(boolean polite, int variant) {
        return polite
                ? List.of("send it back, please.", "please wait a day.").get(variant % 2)
                : List.of("go away now.", "not our problem.").get(variant % 2);
    }

    /** Trains the policy once in a JVM, and copies it to a folder in Hugging Face's layout. */
    public static Path save(Path folder) {
        try {
            for (Path file : Files.list(Trained.FOLDER).toList()) {
                Files.createDirectories(folder);
                Files.copy(file, folder.resolve(file.getFileName()));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Trained {
        static final Path FOLDER = train();

        private static Path train() {
            try {
                Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
                Path folder = Files.createTempDirectory(target, "tiny-policy-");
                Path tokenizer = folder.resolve("tokenizer");
                List<SupervisedExample> examples = examples();
                List<String> texts = new ArrayList<>();
                examples.forEach(example -> {
                    texts.add(example.conversation().get(0).content());
                    texts.add(example.reply());
                });
                int vocabulary = BytePairTrainer.train(texts, 340, 96, tokenizer);
                int end = BytePairTrainer.SPECIAL_TOKENS.indexOf("<|end|>");
                ModelConfig config = ModelConfig.llama(vocabulary, 48, 96, 2, 2, 2, 96, true, -1, end);
                TrainingSpec spec = new TrainingSpec(
                        3, 32, 1, 4e-3, 0.1, TrainingSpec.Decay.COSINE, 0, 1, 7, 0, ComputeType.FLOAT32);
                try (LanguageModel model = LanguageModel.initialise(config, tokenizer, 7)) {
                    new SupervisedTrainer().train(model, examples, spec, null, TrainingListener.SILENT);
                    model.save(folder.resolve("model"), StorageType.FLOAT32);
                }
                return folder.resolve("model");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<SupervisedExample> examples() {
            Random random = new Random(5);
            List<SupervisedExample> examples = new ArrayList<>();
            for (int i = 0; i < 768; i++) {
                examples.add(new SupervisedExample(prompt(i), reply(random.nextBoolean(), random.nextInt(2))));
            }
            return examples;
        }
    }
}
