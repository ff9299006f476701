package dev.ratchet.task;

import dev.ratchet.lm.Message;
import dev.ratchet.question.Questions;
import java.util.List;

/**
 * A task as its lead sees it who says which answers to it are right.
 *
 * @param responses in the order of their positions
 * @param questions those that hold now
 * @param gold the right answers; null for none
 */
public record GoldTask(
        Task task, List<Message> prompt, List<Answer> responses, Questions questions, GoldAnswer gold) {}
