package dev.ratchet.quality;

import dev.ratchet.project.Instructions;
import dev.ratchet.task.GoldMark;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ratings that figures are computed from.
 *
 * @param ratings the newest that the filter lets through, oldest first
 * @param total how many the filter lets through
 * @param instructions all versions, newest first
 * @param checks tasks whose right answers are known
 * @param gold what gold tasks say of reviewers, whom and what the filter lets through; of all, not of the newest
 * @param names of the reviewers, by id
 */
record RatingSample(List<StandingRating> ratings, long total, Map<Integer, Instructions> instructions,
        Set<Long> checks, List<GoldMark> gold, Map<Long, String> names) {

    static List<Measure> measures(Instructions told) {
        return told == null ? List.of()
                : told.questions.list().stream().flatMap(question -> Measure.of(question).stream()).toList();
    }

    Reviewer reviewer(String id) {
        return reviewer(Long.parseLong(id));
    }

    Reviewer reviewer(long id) {
        return new Reviewer(id, names.getOrDefault(id, "?"));
    }
}
