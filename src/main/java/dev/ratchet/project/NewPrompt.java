package dev.ratchet.project;

import dev.ratchet.lm.Message;
import java.util.List;

/**
 * A prompt to be added.
 *
 * @param messages the conversation that waits for an answer: its last turn is the user's
 * @param splitGroup what must stay on one side of the split; null for the first user turn
 */
public record NewPrompt(List<Message> messages, String splitGroup) {}
