package dev.ratchet.evaluation;

import jakarta.validation.constraints.NotNull;

/**
 * Why ratings must not count.
 *
 * @param reason stays on record
 * @param reopen whether others rate the tasks in their place; by default they do
 */
public record RetractionRequest(@NotNull String reason, Boolean reopen) {

    boolean reopens() {
        return reopen == null || reopen;
    }
}
