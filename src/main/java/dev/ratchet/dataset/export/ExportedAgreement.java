package dev.ratchet.dataset.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.quality.AgreementFigures;
import dev.ratchet.quality.AgreementPanel;
import dev.ratchet.quality.StandingRating;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How far the ratings agree that an export's rows were made from. */
final class ExportedAgreement {
    /** The newest ratings that it is computed from, as on the quality page. */
    static final int MOST = 20_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks of reviewers make no rows. */
    private static final String RATINGS = """
            select t.id, r.account_id, r.answers::text, r.active_millis, r.instructions_version, r.created_at, a.shown
              from task t
              join prompt q on q.id = t.prompt_id
              %s
             where t.project_id = ? and q.split = any(?) and t.purpose = 'rating'
             order by r.created_at desc, r.id
             limit ?""";

    private ExportedAgreement() {}

    /** By question and version; none where nothing was rated or no question has a scale. */
    static List<AgreementFigures.Row> of(Connection connection, Exports.Ready export) throws SQLException, IOException {
        Scope scope = new Scope(export.project().id, null, export.request(), export.questions());
        try (PreparedStatement select = connection.prepareStatement(RATINGS.formatted(scope.ratings()))) {
            select.setLong(1, export.project().id);
            select.setArray(2, connection.createArrayOf("text", export.request().splits().toArray()));
            select.setInt(3, MOST);
            List<StandingRating> ratings = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ratings.add(new StandingRating(rows.getLong(1), rows.getLong(2), JSON.readTree(rows.getString(3)),
                            rows.getLong(4), rows.getInt(5), rows.getTimestamp(6).toInstant(),
                            List.of((Long[]) rows.getArray(7).getArray())));
                }
            }
            return AgreementPanel.of(export.questions(), ratings);
        }
    }
}
