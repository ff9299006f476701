package dev.ratchet.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** Keeps pairs that an import brought; snapshots take them in beside those of ratings. */
@ApplicationScoped
public class ImportedPairs {
    /** What stands where pairs of ratings name their aggregation policy: weight and margin are the file's. */
    public static final String AS_GIVEN = "as-given-v1";

    private static final String ADD = """
            insert into pair (project_id, prompt_id, source, split, chosen_response_id, rejected_response_id, weight,
                              margin, aggregation, updated_at, import_id)
            select ?, n.prompt, 'import', n.split, n.chosen, n.rejected, n.weight, n.margin, ?, ?, ?
              from unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[])
                       with ordinality as n(prompt, split, chosen, rejected, weight, margin, place)
             order by n.place""";

    private static final String INSERT =
            ADD + " on conflict (prompt_id, chosen_response_id, rejected_response_id) where source = 'import'"
                    + " do nothing";

    private final DataSource database;
    private final Clock clock;
    private final Event<PairsWritten> written;

    ImportedPairs(DataSource database, Clock clock, Event<PairsWritten> written) {
        this.database = database;
        this.clock = clock;
        this.written = written;
    }

    /**
     * A pair that came in.
     *
     * @param sure whether the transaction has added one of its responses itself: nobody else can have paired that
     */
    public record NewPair(long promptId, String split, long chosenResponseId, long rejectedResponseId, double weight,
            double margin, boolean sure) {}

    private record Key(long chosen, long rejected) {}

    /**
     * Keeps the pairs that are not there yet; {@link #announce} tells of them.
     *
     * @return how many were not there
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int keep(long projectId, long importId, List<NewPair> pairs) {
        Map<Key, NewPair> wanted = new LinkedHashMap<>();
        pairs.forEach(pair -> wanted.putIfAbsent(new Key(pair.chosenResponseId(), pair.rejectedResponseId()), pair));
        return insert(ADD, projectId, importId, wanted.values().stream().filter(NewPair::sure).toList())
                + insert(INSERT, projectId, importId, wanted.values().stream().filter(pair -> !pair.sure()).toList());
    }

    private int insert(String sql, long projectId, long importId, List<NewPair> pairs) {
        if (pairs.isEmpty()) {
            return 0;
        }
        List<NewPair> ordered = pairs.stream().sorted(Comparator.comparingLong(NewPair::promptId)
                .thenComparingLong(NewPair::chosenResponseId)
                .thenComparingLong(NewPair::rejectedResponseId)).toList();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, projectId);
            insert.setString(2, AS_GIVEN);
            insert.setTimestamp(3, Timestamp.from(clock.instant()));
            insert.setLong(4, importId);
            // Arrays of one type travel in binary form, lists of objects as text.
            insert.setArray(5, longs(connection, ordered, NewPair::promptId));
            insert.setArray(6, connection.createArrayOf("text",
                    ordered.stream().map(NewPair::split).toArray(String[]::new)));
            insert.setArray(7, longs(connection, ordered, NewPair::chosenResponseId));
            insert.setArray(8, longs(connection, ordered, NewPair::rejectedResponseId));
            insert.setArray(9, doubles(connection, ordered, NewPair::weight));
            insert.setArray(10, doubles(connection, ordered, NewPair::margin));
            return insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The pairs cannot be stored", failure);
        }
    }

    /** Tells everybody that the project's pairs are others than before, once the transaction has committed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void announce(long projectId) {
        written.fire(new PairsWritten(Set.of(projectId)));
    }

    private static Array longs(Connection connection, List<NewPair> pairs, ToLongFunction<NewPair> column)
            throws SQLException {
        return connection.createArrayOf("int8", pairs.stream().mapToLong(column).boxed().toArray(Long[]::new));
    }

    private static Array doubles(Connection connection, List<NewPair> pairs, ToDoubleFunction<NewPair> column)
            throws SQLException {
        return connection.createArrayOf("float8", pairs.stream().mapToDouble(column).boxed().toArray(Double[]::new));
    }
}
