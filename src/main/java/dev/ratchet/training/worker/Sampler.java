package dev.ratchet.training.worker;

import dev.ratchet.lm.Completion;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.training.RunPrompt;
import dev.ratchet.training.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Samples several replies to each prompt. */
record Sampler(RunSpec.Generation generation, long seed) {

    /** Replies in the order of prompts, {@code generation.samples()} for each. */
    List<Completion> sample(LanguageModel model, List<RunPrompt> prompts, ProgressListener listener) {
        return model.generate(
                conversations(prompts),
                new Sampling(generation.maxTokens(), generation.temperature(), 0, 1.0, seed, List.of()),
                listener);
    }

    /** As many replies, drawn from the model's own distribution: what an estimate over samples needs. */
    List<Completion> plain(LanguageModel model, List<RunPrompt> prompts, ProgressListener listener) {
        return model.generate(conversations(prompts), Sampling.plain(generation.maxTokens(), seed), listener);
    }

    private List<List<Message>> conversations(List<RunPrompt> prompts) {
        List<List<Message>> conversations = new ArrayList<>();
        for (RunPrompt prompt : prompts) {
            for (int i = 0; i < generation.samples(); i++) {
                conversations.add(prompt.messages());
            }
        }
        return conversations;
    }
}
