package dev.ratchet.training;

import dev.ratchet.lm.Message;
import java.util.List;

/** A line of {@code prompts.jsonl}: a prompt that a run samples replies to. */
public record RunPrompt(long promptId, List<Message> messages) {}
