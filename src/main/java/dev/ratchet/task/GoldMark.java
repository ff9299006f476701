package dev.ratchet.task;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a gold task says of the reviewer who rated it: all figures of gold are computed from marks.
 *
 * @param reviewer their pseudonym
 * @param version of the instructions that they answered
 * @param ratedAt when they gave the rating that counts
 * @param right whether they found the known answer
 * @param sides which of each two responses is better; empty where the known answer compares none
 */
public record GoldMark(long taskId, long accountId, UUID reviewer, int version, Instant ratedAt, boolean right,
        List<Side> sides) {

    /**
     * Which of two responses is better: 1 for the first, -1 for the second, 0 for neither.
     *
     * @param first the response with the smaller id
     */
    public record Side(long first, long second, int expected, int given) {}
}
