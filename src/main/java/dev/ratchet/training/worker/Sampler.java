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
        List<List<Message>> conversations = new ArrayList<>();
        for (RunPrompt prompt : prompts) {
            for (int i = 0; i < generation.samples(); i++) {
                conversations.add(prompt.messages());
            }
        }
        Sampling sampling =
                new Sampling(generation.maxTokens(), generation.temperature(), 0, 1.0, seed, List.of());
        return model.generate(conversations, sampling, listener);
    }
}
