package dev.ratchet.task;

import java.util.List;

/**
 * A task to be made.
 *
 * @param responseIds the responses to judge, 1 to 8
 * @param overlap how many reviewers rate it
 * @param priority higher is shown first
 */
public record NewTask(long promptId, List<Long> responseIds, int overlap, int priority) {}
