package dev.ratchet.app.demo;

import dev.ratchet.lm.BytePairTrainer;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.project.Split;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The demo's own language model: a small Llama-architecture decoder that learned the corpus, and nothing else. */
public final class BaseModel {

    /** The files of the committed model, under {@code /demo/base/} on the class path. */
    public static final List<String> FILES = List.of("config.json", "generation_config.json", "model.safetensors",
            "tokenizer.json", "tokenizer_config.json");

    private static final int VOCABULARY = 1024;
    private static final int CONTEXT = 256;
    private static final int TOKENIZER_EXAMPLES = 20_000;
    private static final int LONGEST_REPLY = 72;

    private BaseModel() {}

    /** How a base model is made: enough to make the same one again on the same machine. */
    public record Recipe(int examples, int epochs, int batchSize, double learningRate, long seed) {

        /** The recipe of the committed model. */
        public static Recipe standard(long seed) {
            return new Recipe(32_000, 2, 32, 4e-3, seed);
        }
    }

    /**
     * Generates the corpus, trains the tokenizer and the model on it, and saves both as a Hugging Face folder with
     * bfloat16 weights.
     *
     * @param out made if it is missing; earlier files are replaced
     */
    public static void train(Path out, Recipe recipe, TrainingListener listener) throws IOException {
        List<Corpus.Dialogue> corpus = new Corpus(Scenario.load()).dialogues(recipe.examples(), recipe.seed());
        int vocabulary = BytePairTrainer.train(corpus.stream().limit(TOKENIZER_EXAMPLES)
                .flatMap(d -> Stream.of(d.prompt(), d.reply())).toList(), VOCABULARY, CONTEXT, out);
        int end = BytePairTrainer.SPECIAL_TOKENS.indexOf("<|end|>");
        ModelConfig config = ModelConfig.llama(vocabulary, 160, 432, 5, 5, 5, CONTEXT, true, -1, end);
        List<SupervisedExample> examples = corpus.stream()
                .map(d -> new SupervisedExample(conversation(d.prompt()), d.reply())).toList();
        TrainingSpec spec = new TrainingSpec(recipe.epochs(), recipe.batchSize(), 1, recipe.learningRate(), 0.05,
                TrainingSpec.Decay.COSINE, 0.05, 1.0, recipe.seed(), 0, ComputeType.FLOAT32);
        try (LanguageModel model = LanguageModel.initialise(config, out, recipe.seed())) {
            new SupervisedTrainer().train(model, examples, spec, null, listener);
            model.save(out, StorageType.BFLOAT16);
        }
    }

    /** Copies the committed model out of the class path, for what reads folders. */
    public static Path extract(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : FILES) {
            try (InputStream in = BaseModel.class.getResourceAsStream("/demo/base/" + name)) {
                if (in == null) {
                    throw new IOException("The demo's base model lacks " + name
                            + " on the class path; make it with: demo-base --out src/main/resources/demo/base");
                }
                Files.write(folder.resolve(name), in.readAllBytes());
            }
        }
        return folder;
    }

    /** One reply at temperature 1 to each of so many held-out prompts; the seed draws both. */
    public static List<Corpus.Dialogue> sample(LanguageModel model, int count, long seed) {
        return sample(model, count, seed, seed);
    }

    /** The same with a seed for the prompts and another for the replies. */
    public static List<Corpus.Dialogue> sample(LanguageModel model, int count, long promptSeed, long replySeed) {
        return replies(model, Scenario.load().prompts(Split.EVAL, count, promptSeed).stream().map(ScenarioPrompt::text)
                .toList(), replySeed);
    }

    /** Several replies at temperature 1 to one prompt. */
    public static List<Corpus.Dialogue> replies(LanguageModel model, String prompt, int count, long seed) {
        return replies(model, Collections.nCopies(count, prompt), seed);
    }

    private static List<Corpus.Dialogue> replies(LanguageModel model, List<String> prompts, long seed) {
        List<Completion> replies = model.generate(prompts.stream().map(BaseModel::conversation).toList(),
                new Sampling(LONGEST_REPLY, 1.0, 0, 1.0, seed, List.of()), ProgressListener.SILENT);
        List<Corpus.Dialogue> dialogues = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            dialogues.add(new Corpus.Dialogue(prompts.get(i), replies.get(i).text()));
        }
        return dialogues;
    }

    private static List<Message> conversation(String prompt) {
        return List.of(new Message("user", prompt));
    }
}
