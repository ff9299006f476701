package dev.ratchet.task;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a reviewer stands in a project when it is their turn.
 *
 * @param task the task that they hold; null when nothing is left for them
 * @param rated tasks with a current rating of theirs
 * @param available tasks that they could rate now, the one that they hold among them; what others did in the last
 *     seconds may be missing
 * @param lastRating the rating that an undo would withdraw; null for none
 * @param round the calibration round; empty for who has passed it, or where there is none
 */
record Turn(
        LeasedTask task, long rated, long available, UUID lastRating, Optional<Calibrations.Round> round) {}
