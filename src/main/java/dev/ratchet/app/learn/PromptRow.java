package dev.ratchet.app.learn;

import dev.ratchet.lm.Message;
import java.util.List;

/**
 * A prompt with where it came from.
 *
 * @param row its line in the data, from 1
 * @param group what prompts share that are the same but for case and spaces
 */
record PromptRow(int row, String group, List<Message> conversation) {
}
