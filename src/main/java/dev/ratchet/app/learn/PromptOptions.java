package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The prompts that a model answers. */
final class PromptOptions {
    @Option(names = "--prompts", paramLabel = "FILE",
            description = "JSON Lines with a prompt in each row: a text or a list of messages; also compressed (.gz).")
    Path file;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0",
            description = "Answer the first so many prompts only; 0 for all (default: ${DEFAULT-VALUE}).")
    int limit;

    @Option(names = "--drop-refused", description = "Leave prompts out that cannot be answered, instead of refusing all.")
    boolean dropRefused;

    /**
     * Reads the prompts, each of which leaves the models room to answer.
     *
     * @throws Refusal naming rows and reasons, where some do not and are not to be dropped
     */
    List<PromptRow> read(LanguageModel... models) throws IOException {
        List<PromptRow> prompts = new ArrayList<>();
        Refusals refusals = new Refusals();
        JsonLines.read(file, refusals, (row, json) -> {
            PromptRow prompt = prompt(row, json);
            for (LanguageModel model : models) {
                int length = model.prompt(prompt.conversation()).length;
                if (length >= model.contextLength()) {
                    throw new IllegalArgumentException("the prompt has " + length + " tokens and the context "
                            + model.contextLength() + ": no room for a reply");
                }
            }
            prompts.add(prompt);
        });
        refusals.check(dropRefused);
        return limit > 0 && limit < prompts.size() ? prompts.subList(0, limit) : prompts;
    }

    private static PromptRow prompt(int row, JsonNode json) {
        List<Message> conversation = RowText.conversation(json.path("prompt"));
        return new PromptRow(row, RowText.group(conversation), conversation);
    }
}
