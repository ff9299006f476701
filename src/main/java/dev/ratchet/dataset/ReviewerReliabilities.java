package dev.ratchet.dataset;

import dev.ratchet.stats.DawidSkene;
import dev.ratchet.stats.Label;
import dev.ratchet.stats.ReviewerReliability;
import dev.ratchet.task.GoldMark;
import dev.ratchet.task.GoldResults;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Estimates what each reviewer's word should count: from delivered comparisons where several rated the same or a lead's
 * decision says which response is better, and from the gold tasks' known answers. The same of them give the same
 * weights.
 */
@ApplicationScoped
class ReviewerReliabilities {
    private static final int CLASSES = 2;
    /** Weights are rounded, so that the last bits of another processor's logarithms do not make another snapshot. */
    private static final double STEPS = 1e6;

    /** Preferences, one for each reviewer and two responses; class 0 is that the one with the smaller id is better. */
    private static final String LABELS = """
            select distinct on (d.task_id, c.first_response_id, c.second_response_id, d.reviewer)
                   d.task_id || ':' || c.first_response_id || ':' || c.second_response_id, d.reviewer,
                   case when c.strength > 0 then 0 else 1 end
              from delivered_rating d join delivered_comparison c on c.rating_id = d.rating_id
              join task t on t.id = d.task_id and t.purpose = 'rating'
             where d.project_id = ? and d.kind = ? and not d.withdrawn and c.strength <> 0
             order by d.task_id, c.first_response_id, c.second_response_id, d.reviewer, d.occurred_at desc, d.rating_id""";

    private final GoldResults gold;

    ReviewerReliabilities(GoldResults gold) {
        this.gold = gold;
    }

    /** The weights of all who preferred a response in the project, in the order of their pseudonyms. */
    List<ReviewerWeight> estimate(Connection connection, long project) throws SQLException {
        Map<String, Integer> known = new HashMap<>();
        labels(connection, project, "adjudication").forEach(label -> known.put(label.unit(), label.category()));
        List<Label> labels = labels(connection, project, "rating");
        for (GoldMark mark : gold.marks(project)) {
            for (GoldMark.Side side : mark.sides()) {
                String unit = mark.taskId() + ":" + side.first() + ":" + side.second();
                if (side.expected() != 0) {
                    known.put(unit, side.expected() > 0 ? 0 : 1);
                }
                if (side.given() != 0) {
                    labels.add(new Label(unit, mark.reviewer().toString(), side.given() > 0 ? 0 : 1));
                }
            }
        }
        return estimate(labels, known);
    }

    /** @param known the classes that leads have decided or that gold tasks have, by unit */
    static List<ReviewerWeight> estimate(List<Label> labels, Map<String, Integer> known) {
        if (labels.isEmpty()) {
            return List.of();
        }
        ReviewerReliability fitted = DawidSkene.ofClasses(CLASSES).fit(labels, known);
        return fitted.reviewers().entrySet().stream()
                .map(one -> new ReviewerWeight(UUID.fromString(one.getKey()), rounded(one.getValue().weight()),
                        rounded(one.getValue().accuracy().estimate()), one.getValue().labels()))
                .sorted((one, other) -> one.reviewer().toString().compareTo(other.reviewer().toString()))
                .toList();
    }

    private static List<Label> labels(Connection connection, long project, String kind) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LABELS)) {
            select.setLong(1, project);
            select.setString(2, kind);
            List<Label> labels = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    labels.add(new Label(rows.getString(1), rows.getString(2), rows.getInt(3)));
                }
            }
            return labels;
        }
    }

    private static double rounded(double value) {
        return Math.round(value * STEPS) / STEPS;
    }
}
