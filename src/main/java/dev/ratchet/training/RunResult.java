package dev.ratchet.training;

import java.util.Map;

/**
 * What a worker reports at the end of a run.
 *
 * @param model whether {@code output/} holds a model
 * @param loss name and revision of the loss; null without training
 * @param pooling how a reward is read from the decoder; null for a policy
 * @param labelled SHA-256 of {@code labelled.jsonl}; null if there is none
 * @param metrics final metrics by name
 * @param tokens token counts by name
 */
public record RunResult(
        boolean model,
        String loss,
        String pooling,
        String labelled,
        Map<String, Object> metrics,
        Map<String, Long> tokens) {}
