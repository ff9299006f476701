package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.examples.Linted;
import dev.ratchet.examples.PromptSplit;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
     * Reads the prompts, each of which leaves the model room to answer.
     *
     * @throws dev.ratchet.examples.LintException naming rows and reasons, where some do not and are not to be left out
     */
    List<DataRow<List<Message>>> read(ModelOptions.Shape shape) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("--prompts " + file + " is no file.");
        }
        Linted<List<Message>> linted = Lint.of(shape.encoder(), shape.config().contextLength()).prompts(file);
        if (!dropRefused || linted.rows().isEmpty()) {
            linted.orFail();
        }
        return linted.rows().stream().limit(limit > 0 ? limit : linted.rows().size())
                .map(r -> new DataRow<>(r.row(), Digest.of(PromptSplit.group(r.value())), r.value())).toList();
    }
}
