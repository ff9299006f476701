package dev.ratchet.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All figures of the quality page, from the same ratings.
 *
 * @param computedAt when the ratings were read
 * @param zone whose midnight ends a day
 * @param ratings how many the filter lets through
 * @param used how many of them, the newest, agreement and the reviewers' figures are computed from
 * @param burnDown of all tasks, whatever the filter
 * @param throughput of all ratings that the filter lets through
 * @param times active time a task, of all reviewers together; null where nothing was measured
 * @param agreement null while it is being computed
 * @param reviewers null while they are being computed
 * @param tookMillis how long each part took to compute
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QualityReport(Instant computedAt, String zone, long ratings, int used, BurnDown burnDown,
        Throughput throughput, Strengths strengths, ReviewerFigures.Times times, AgreementFigures agreement,
        List<ReviewerFigures> reviewers, Map<String, Long> tookMillis) {

    /** What takes longer than the counts: agreement with its intervals, and the model of reviewers. */
    record Slow(AgreementFigures agreement, List<ReviewerFigures> reviewers, Map<String, Long> tookMillis) {}

    QualityReport with(Slow slow) {
        return new QualityReport(computedAt, zone, ratings, used, burnDown, throughput, strengths, times,
                slow.agreement(), slow.reviewers(), slow.tookMillis());
    }

    /** Whether something is still being computed. */
    public boolean isPending() {
        return agreement == null;
    }

    public boolean isPartial() {
        return used < ratings;
    }
}
