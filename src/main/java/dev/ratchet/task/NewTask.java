package dev.ratchet.task;

import java.util.List;

/**
 * A task to be made.
 *
 * @param responseIds the responses to judge, 1 to 8
 * @param overlap how many reviewers rate it
 * @param priority higher is shown first
 * @param tags languages and skills that its reviewers must have, see {@link TaskTags}; none: those of its prompt
 */
public record NewTask(long promptId, List<Long> responseIds, int overlap, int priority, List<String> tags) {

    /** A task that every reviewer can rate. */
    public NewTask(long promptId, List<Long> responseIds, int overlap, int priority) {
        this(promptId, responseIds, overlap, priority, List.of());
    }
}
