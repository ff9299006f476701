package dev.ratchet.quality;

import dev.ratchet.project.Instructions;
import java.util.List;
import java.util.Map;

/**
 * The ratings that figures are computed from.
 *
 * @param ratings the newest that the filter lets through, oldest first
 * @param total how many the filter lets through
 * @param instructions all versions, newest first
 * @param gold answers that are known, by task
 * @param names of the reviewers, by id
 */
record RatingSample(List<StandingRating> ratings, long total, Map<Integer, Instructions> instructions,
        Map<Long, Known> gold, Map<Long, String> names) {

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
