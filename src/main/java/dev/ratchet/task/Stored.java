package dev.ratchet.task;

import dev.ratchet.question.Questions;

/**
 * A rating that was stored, with what it answered.
 *
 * @param gold whether the task was one whose right answers are known
 */
record Stored(Rated rated, Questions questions, boolean gold) {}
