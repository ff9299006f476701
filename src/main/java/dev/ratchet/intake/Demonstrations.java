package dev.ratchet.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Keeps what supervised training can learn: answers as they are, and documents; each once in a project. */
@ApplicationScoped
class Demonstrations {
    private static final String INSERT = """
            insert into demonstration (project_id, prompt_id, split, text, digest, import_id, created_at)
            select ?, n.prompt, n.split, n.text, n.digest, ?, ?
              from unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[]) with ordinality
                       as n(prompt, split, text, digest, place)
             order by n.place
            on conflict (project_id, digest) do nothing""";

    private final DataSource database;
    private final Clock clock;

    Demonstrations(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param promptId what the text answers; null for a document */
    record NewDemonstration(Long promptId, String split, String text) {}

    /** Keeps those that are not there yet, and says how many these were. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int keep(long projectId, long importId, List<NewDemonstration> demonstrations) {
        Map<String, NewDemonstration> wanted = new LinkedHashMap<>();
        demonstrations.forEach(each -> wanted.putIfAbsent(each.promptId() + "\n" + each.text(), each));
        if (wanted.isEmpty()) {
            return 0;
        }
        record Digested(byte[] digest, NewDemonstration what) {}
        List<Digested> ordered = wanted.entrySet().stream()
                .map(each -> new Digested(sha256(each.getKey()), each.getValue()))
                .sorted((one, other) -> Arrays.compare(one.digest(), other.digest()))
                .toList();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, projectId);
            insert.setLong(2, importId);
            insert.setTimestamp(3, Timestamp.from(clock.instant()));
            insert.setArray(4, connection.createArrayOf("int8",
                    ordered.stream().map(each -> each.what().promptId()).toArray(Long[]::new)));
            insert.setArray(5, connection.createArrayOf("text",
                    ordered.stream().map(each -> each.what().split()).toArray(String[]::new)));
            insert.setArray(6, connection.createArrayOf("text",
                    ordered.stream().map(each -> each.what().text()).toArray(String[]::new)));
            insert.setArray(7, connection.createArrayOf(
                    "bytea", ordered.stream().map(Digested::digest).toArray(byte[][]::new)));
            return insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstrations cannot be stored", failure);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", failure);
        }
    }
}
