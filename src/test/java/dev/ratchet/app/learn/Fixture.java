package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Tiny models and files for commands, in a folder of the test. */
record Fixture(Path folder) {
    static final ObjectMapper JSON = new ObjectMapper();

    Path model(String name, long seed) throws IOException {
        Path model = folder.resolve(name);
        try (LanguageModel tiny = TinyModel.create(folder.resolve("tokenizer-" + seed), true, seed)) {
            tiny.save(model, StorageType.FLOAT32);
        }
        return model;
    }

    /** A reward model that scores every answer 0 until it is trained. */
    Path reward(String name, long seed) throws IOException {
        Path reward = folder.resolve(name);
        try (LanguageModel tiny = TinyModel.create(folder.resolve("tokenizer-" + seed), true, seed);
                RewardModel model = RewardModel.fromTrunk(tiny, Pooling.LAST)) {
            model.save(reward);
        }
        return reward;
    }

    Path lines(String name, int count, IntFunction<String> line) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line.apply(i));
        }
        return Files.write(folder.resolve(name), lines);
    }

    Path pairs(int count) throws IOException {
        return lines("pairs.jsonl", count, i -> pair("q" + i, "good", "bad"));
    }

    static String pair(String prompt, String chosen, String rejected) {
        return "{\"prompt\": %s, \"chosen\": [{\"role\": \"assistant\", \"content\": \"%s\"}], \"rejected\": %s}"
                .formatted(messages(prompt), chosen, "[{\"role\": \"assistant\", \"content\": \"" + rejected + "\"}]");
    }

    static String messages(String prompt) {
        return "[{\"role\": \"user\", \"content\": \"" + prompt + "\"}]";
    }

    Path prompts(int count) throws IOException {
        return lines("prompts.jsonl", count, i -> "{\"prompt\": " + messages("q" + i) + "}");
    }

    /** Runs a verb of {@code train} on a tiny model, with one thread in float32. */
    static Verb train(String objective, Path model, Path data, Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of(objective, "--model", model, "--data", data, "--out", out,
                "--compute", "float32", "--threads", "1", "--batch-size", "4"));
        words.addAll(List.of(more));
        return Verb.run(new Train(), words.toArray());
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
