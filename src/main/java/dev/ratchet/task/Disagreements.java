package dev.ratchet.task;

import java.util.List;

/** Tells on which tasks reviewers disagree, from the comparisons that were delivered. */
public interface Disagreements {

    /** Complete tasks of a project whose standing ratings disagree, without those that a lead has decided, in order. */
    List<Long> open(long project, int limit);

    /** How many {@link #open} would give without a limit. */
    long count(long project);
}
