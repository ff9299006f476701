package dev.ratchet.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * One line of a run's progress.
 *
 * @param stage what the worker does, in words
 * @param step steps done in this stage
 * @param total steps of this stage
 * @param metrics of a training step; null in other stages
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunProgress(String stage, int step, int total, Map<String, Double> metrics) {}
