package dev.ratchet.task;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How a project's queue mixes what it gives to a reviewer.
 *
 * @param goldRate share of the tasks that are gold, 0 to 0.5: each is drawn by itself
 * @param goldFeedback whether a reviewer is told after a gold task what was expected
 * @param calibrationTasks tasks of the first round; 0 for none
 * @param calibrationAccuracy mean share of right answers that opens real work
 * @param randomShare share of the scored tasks that are taken at random and not by their score
 */
public record RoutingSettings(
        double goldRate, boolean goldFeedback, int calibrationTasks, double calibrationAccuracy, double randomShare) {

    /** A queue that mixes nothing. */
    static final RoutingSettings NONE = new RoutingSettings(0, false, 0, 0.8, 0.2);

    /** Reads what {@link Routing} stores of a project, for what runs with every rating. */
    static final String STORED = "select gold_rate, gold_feedback, calibration_tasks, calibration_accuracy,"
            + " random_share from routing where project_id = :project";

    /** A row of {@link #STORED}. */
    static RoutingSettings read(ResultSet row) throws SQLException {
        return new RoutingSettings(row.getDouble(1), row.getBoolean(2), row.getInt(3), row.getDouble(4),
                row.getDouble(5));
    }
}
