package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.ContextLengthException;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.jinja.TemplateRefusal;
import dev.ratchet.training.RunPrompt;
import java.util.List;

/** Leaves out what is longer than a model's context or refused by its chat template: one text must not fail a run. */
final class Fitting {
    private final LanguageModel model;
    private final int replyTokens;

    /** @param replyTokens room that a sampled reply needs */
    Fitting(LanguageModel model, int replyTokens) {
        this.model = model;
        this.replyTokens = replyTokens;
    }

    List<SnapshotPair> pairs(List<SnapshotPair> pairs) {
        return pairs.stream()
                .filter(pair -> fits(pair.prompt(), pair.chosen()) && fits(pair.prompt(), pair.rejected()))
                .toList();
    }

    List<RunPrompt> prompts(List<RunPrompt> prompts) {
        return prompts.stream().filter(prompt -> leavesRoom(prompt.messages())).toList();
    }

    private boolean leavesRoom(List<Message> prompt) {
        try {
            // One more for the end-of-text token.
            return model.prompt(prompt).length + replyTokens + 1 <= model.contextLength();
        } catch (TemplateRefusal e) {
            return false;
        }
    }

    boolean fits(List<Message> prompt, String reply) {
        try {
            model.example(prompt, reply);
            return true;
        } catch (ContextLengthException | TemplateRefusal e) {
            return false;
        }
    }
}
