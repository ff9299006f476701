package dev.ratchet.feedback;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Which events were handled: each one is handled once, however often it is delivered. */
@ApplicationScoped
class Inbox {
    /** Names the advisory locks of partitions; the second number is the partition. */
    private static final int LOCKS = 721_440_200;

    private static final String RECEIVE = """
            insert into inbox (source, event_id, received_at)
            select n.source, n.event, ? from unnest(?::text[], ?::uuid[]) as n(source, event)
            on conflict do nothing
            returning source, event_id""";

    private final DataSource database;
    private final Clock clock;

    Inbox(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An event's identity. */
    record EventKey(String source, UUID id) {}

    /**
     * Makes the transaction the only one that handles these partitions: while a group changes hands, an old owner may
     * still be at work.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock(Collection<Integer> partitions) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            for (int partition : partitions.stream().sorted().toList()) {
                lock.setInt(1, LOCKS);
                lock.setInt(2, partition);
                lock.execute();
            }
        }
    }

    /** Marks events as received, in the caller's transaction, and gives those that are new. */
    @Transactional(Transactional.TxType.MANDATORY)
    Set<EventKey> receive(List<EventKey> events) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(RECEIVE)) {
            insert.setTimestamp(1, Timestamp.from(clock.instant()));
            insert.setArray(2, connection.createArrayOf("text", events.stream().map(EventKey::source).toArray()));
            insert.setArray(3, connection.createArrayOf("uuid", events.stream().map(EventKey::id).toArray()));
            Set<EventKey> fresh = new HashSet<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    fresh.add(new EventKey(rows.getString(1), rows.getObject(2, UUID.class)));
                }
            }
            return fresh;
        }
    }
}
