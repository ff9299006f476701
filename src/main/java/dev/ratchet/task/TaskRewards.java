package dev.ratchet.task;

import java.util.Map;

/**
 * What a reward model says of a task.
 *
 * @param rewards by the response's id, higher for better
 */
public record TaskRewards(long taskId, Map<Long, Double> rewards) {}
