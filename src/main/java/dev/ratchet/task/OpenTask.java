package dev.ratchet.task;

import dev.ratchet.lm.Message;
import java.util.List;

/** A task that waits for ratings, as a reward model scores it. */
public record OpenTask(long taskId, List<Message> prompt, List<Answer> responses) {}
