package dev.ratchet.generation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Keeps answers that an import brought: no version of ours wrote them, and each text is kept once below its prompt. */
@ApplicationScoped
public class ImportedResponses {
    private static final String INSERT = """
            insert into response (prompt_id, text, digest, finish_reason, sampling, created_at, import_id)
            select n.prompt, n.text, n.digest, 'stop', n.origin::jsonb, ?, ?
              from unnest(?::bigint[], ?::text[], ?::bytea[], ?::text[]) with ordinality
                       as n(prompt, text, digest, origin, place)
             order by n.place
            on conflict (prompt_id, digest) where digest is not null do nothing
            returning prompt_id, digest, id""";

    private static final String FIND = """
            select r.prompt_id, r.digest, r.id
              from unnest(?::bigint[], ?::bytea[]) as n(prompt, digest)
              join response r on r.prompt_id = n.prompt and r.digest = n.digest""";

    private final DataSource database;
    private final Clock clock;

    ImportedResponses(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * An answer that came in.
     *
     * @param origin a JSON object that says where it stood, and its scores where it had some
     */
    public record NewResponse(long promptId, String text, String origin) {}

    /** An answer as it is kept, and whether it was not there until now. */
    public record KeptResponse(long id, boolean added) {}

    /**
     * The answers as they are kept, those that were not there added.
     *
     * @return one for each answer, in the order given
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<KeptResponse> keep(long importId, List<NewResponse> responses) {
        Map<Key, NewResponse> wanted = new LinkedHashMap<>();
        List<Key> given = responses.stream().map(Key::of).toList();
        for (int place = 0; place < given.size(); place++) {
            wanted.putIfAbsent(given.get(place), responses.get(place));
        }
        // In one order everywhere, so that two imports of the same answers never wait for each other in a ring.
        List<Key> ordered = wanted.keySet().stream().sorted().toList();
        Map<Key, KeptResponse> kept = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            insert(connection, importId, ordered, wanted, kept);
            List<Key> missing = ordered.stream().filter(key -> !kept.containsKey(key)).toList();
            if (!missing.isEmpty()) {
                find(connection, missing, kept);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The answers cannot be stored", failure);
        }
        return given.stream().map(kept::get).toList();
    }

    private void insert(Connection connection, long importId, List<Key> ordered, Map<Key, NewResponse> wanted,
            Map<Key, KeptResponse> kept) throws SQLException {
        if (ordered.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setTimestamp(1, Timestamp.from(clock.instant()));
            insert.setLong(2, importId);
            insert.setArray(3, connection.createArrayOf("bigint", ordered.stream().map(Key::prompt).toArray()));
            insert.setArray(4, connection.createArrayOf("text",
                    ordered.stream().map(key -> wanted.get(key).text()).toArray()));
            insert.setArray(5, connection.createArrayOf("bytea",
                    ordered.stream().map(Key::digest).toArray(byte[][]::new)));
            insert.setArray(6, connection.createArrayOf("text",
                    ordered.stream().map(key -> wanted.get(key).origin()).toArray()));
            collect(insert, true, kept);
        }
    }

    private static void find(Connection connection, List<Key> missing, Map<Key, KeptResponse> kept)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setArray(1, connection.createArrayOf("bigint", missing.stream().map(Key::prompt).toArray()));
            select.setArray(2, connection.createArrayOf("bytea",
                    missing.stream().map(Key::digest).toArray(byte[][]::new)));
            collect(select, false, kept);
        }
    }

    private static void collect(PreparedStatement statement, boolean added, Map<Key, KeptResponse> kept)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                kept.put(new Key(rows.getLong(1), rows.getBytes(2)), new KeptResponse(rows.getLong(3), added));
            }
        }
    }

    /** What an answer is known by. */
    private record Key(long prompt, byte[] digest) implements Comparable<Key> {
        static Key of(NewResponse response) {
            try {
                return new Key(response.promptId(), MessageDigest.getInstance("SHA-256")
                        .digest(response.text().getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException failure) {
                throw new IllegalStateException("This Java has no SHA-256, which every Java must have", failure);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.prompt == prompt && Arrays.equals(key.digest, digest);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(digest) ^ Long.hashCode(prompt);
        }

        @Override
        public int compareTo(Key other) {
            int byPrompt = Long.compare(prompt, other.prompt);
            return byPrompt != 0 ? byPrompt : Arrays.compare(digest, other.digest);
        }
    }
}
