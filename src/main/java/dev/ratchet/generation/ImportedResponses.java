package dev.ratchet.generation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Keeps answers that an import brought: no version of ours wrote them, and each text is kept once below its prompt. */
@ApplicationScoped
public class ImportedResponses {
    /** Answers to prompts that the transaction has added itself: nobody else can have answered these. */
    private static final String ADD = """
            insert into response (prompt_id, text, digest, finish_reason, sampling, created_at, import_id)
            select n.prompt, n.text, n.digest, 'stop', n.origin::jsonb, ?, ?
              from unnest(?::bigint[], ?::text[], ?::bytea[], ?::text[]) with ordinality
                       as n(prompt, text, digest, origin, place)
             order by n.place
            returning id""";

    private static final String INSERT = """
            insert into response (prompt_id, text, digest, finish_reason, sampling, created_at, import_id)
            select n.prompt, n.text, n.digest, 'stop', n.origin::jsonb, ?, ?
              from unnest(?::bigint[], ?::text[], ?::bytea[], ?::text[]) with ordinality
                       as n(prompt, text, digest, origin, place)
             order by n.place
            on conflict (prompt_id, digest) do nothing
            returning prompt_id, digest, id""";

    private static final String FIND = """
            select r.prompt_id, r.digest, r.id
              from unnest(?::bigint[], ?::bytea[]) as n(prompt, digest)
              join response r on r.prompt_id = n.prompt and r.digest = n.digest
             order by 1, 2
               for key share of r""";

    private final DataSource database;
    private final Clock clock;

    ImportedResponses(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * An answer that came in.
     *
     * @param promptAdded whether the transaction has added the prompt itself
     * @param digest what {@link #digest} says of its text
     * @param origin a JSON object that says where it stood, and its scores where it had some
     */
    public record NewResponse(long promptId, boolean promptAdded, String text, byte[] digest, String origin) {}

    /** What keeps an answer single below its prompt: the SHA-256 of its text. */
    public static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", failure);
        }
    }

    /** An answer as it is kept, and whether it was not there until now. */
    public record KeptResponse(long id, boolean added) {}

    /**
     * The answers as they are kept, those that were not there added; none can be deleted before the transaction ends.
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
        List<Key> sure = new ArrayList<>();
        List<Key> ordered = new ArrayList<>();
        wanted.forEach((key, response) -> (response.promptAdded() ? sure : ordered).add(key));
        // In one order everywhere, so that two imports of the same answers never wait for each other in a ring.
        Collections.sort(ordered);
        Map<Key, KeptResponse> kept = new HashMap<>(2 * wanted.size());
        try (Connection connection = database.getConnection()) {
            add(connection, importId, sure, wanted, kept);
            // Again where one that was known has been deleted meanwhile.
            while (kept.size() < wanted.size()) {
                insert(connection, importId, missing(ordered, kept), wanted, kept);
                List<Key> known = missing(ordered, kept);
                if (!known.isEmpty()) {
                    find(connection, known, kept);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The answers cannot be stored", failure);
        }
        return given.stream().map(kept::get).toList();
    }

    private static List<Key> missing(List<Key> ordered, Map<Key, KeptResponse> kept) {
        return ordered.stream().filter(key -> !kept.containsKey(key)).toList();
    }

    private void add(Connection connection, long importId, List<Key> sure, Map<Key, NewResponse> wanted,
            Map<Key, KeptResponse> kept) throws SQLException {
        if (sure.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            fill(insert, importId, sure, wanted);
            // In the order in which they were given.
            try (ResultSet ids = insert.executeQuery()) {
                for (Key key : sure) {
                    ids.next();
                    kept.put(key, new KeptResponse(ids.getLong(1), true));
                }
            }
        }
    }

    private void insert(Connection connection, long importId, List<Key> ordered, Map<Key, NewResponse> wanted,
            Map<Key, KeptResponse> kept) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            fill(insert, importId, ordered, wanted);
            collect(insert, true, kept);
        }
    }

    private void fill(PreparedStatement insert, long importId, List<Key> keys, Map<Key, NewResponse> wanted)
            throws SQLException {
        Connection connection = insert.getConnection();
        insert.setTimestamp(1, Timestamp.from(clock.instant()));
        insert.setLong(2, importId);
        insert.setArray(3, connection.createArrayOf("int8", prompts(keys)));
        insert.setArray(4, connection.createArrayOf("text",
                keys.stream().map(key -> wanted.get(key).text()).toArray(String[]::new)));
        insert.setArray(5, connection.createArrayOf("bytea", keys.stream().map(Key::digest).toArray(byte[][]::new)));
        insert.setArray(6, connection.createArrayOf("text",
                keys.stream().map(key -> wanted.get(key).origin()).toArray(String[]::new)));
    }

    private static void find(Connection connection, List<Key> missing, Map<Key, KeptResponse> kept)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setArray(1, connection.createArrayOf("int8", prompts(missing)));
            select.setArray(2, connection.createArrayOf("bytea",
                    missing.stream().map(Key::digest).toArray(byte[][]::new)));
            collect(select, false, kept);
        }
    }

    /** As an array of one type: it travels in binary form, one of objects as text. */
    private static Long[] prompts(List<Key> keys) {
        return keys.stream().map(Key::prompt).toArray(Long[]::new);
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
            return new Key(response.promptId(), response.digest());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.prompt == prompt && Arrays.equals(key.digest, digest);
        }

        @Override
        public int hashCode() {
            // Four of its bytes are as good as all of them.
            return ByteBuffer.wrap(digest).getInt() ^ Long.hashCode(prompt);
        }

        @Override
        public int compareTo(Key other) {
            int byPrompt = Long.compare(prompt, other.prompt);
            return byPrompt != 0 ? byPrompt : Arrays.compare(digest, other.digest);
        }
    }
}
