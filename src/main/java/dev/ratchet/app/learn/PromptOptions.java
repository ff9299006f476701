package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.examples.Linted;
import dev.ratchet.examples.Numbered;
import dev.ratchet.examples.PromptSplit;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The prompts that a model answers. */
final class PromptOptions {
    @Option(names = "--prompts", paramLabel = "FILE",
            description = "JSON Lines with a prompt in each row, a text or a list of messages; also compressed (.gz).")
    Path file;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
            description = "Answer the first so many prompts only; 0 for all (default: ${DEFAULT-VALUE}).")
    int limit;

    @Option(names = "--drop-refused", description = "Leave prompts out that the lint refuses, instead of refusing all.")
    boolean dropRefused;

    /**
     * Reads the prompts, each of which leaves every one of the models room to answer.
     *
     * @throws dev.ratchet.examples.LintException naming rows and reasons, where some do not and are not to be left out
     */
    List<DataRow<List<Message>>> read(ModelOptions.Shape... shapes) throws IOException {
        if (limit < 0) {
            throw new Refusal("--limit must be 0 or more.");
        }
        if (!Files.isRegularFile(file)) {
            throw new Refusal("--prompts " + file + " is no file.");
        }
        Map<Long, Numbered<List<Message>>> accepted = null;
        for (ModelOptions.Shape shape : shapes) {
            Linted<List<Message>> linted = Lint.of(shape.encoder(), shape.config().contextLength()).prompts(file);
            if (!dropRefused || linted.rows().isEmpty()) {
                linted.orFail();
            }
            Map<Long, Numbered<List<Message>>> own = new LinkedHashMap<>();
            linted.rows().forEach(r -> own.put(r.row(), r));
            if (accepted == null) {
                accepted = own;
            } else {
                accepted.keySet().retainAll(own.keySet());
            }
        }
        if (accepted.isEmpty()) {
            throw new Refusal("--prompts " + file + " holds no prompt that every model accepts.");
        }
        return accepted.values().stream().limit(limit > 0 ? limit : accepted.size())
                .map(r -> new DataRow<>(r.row(), Digest.of(PromptSplit.group(r.value())), r.value())).toList();
    }
}
