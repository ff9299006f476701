package dev.ratchet.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.stats.ReviewerReliability;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Freezes a project's pairs: the same pairs give the same bytes, the same digest and the same snapshot. */
@ApplicationScoped
public class Snapshots {
    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};
    private static final int FETCH = 1_000;

    /**
     * One statement, so that pairs and ratings are of one moment. Training pairs first, in the order of their prompts.
     */
    private static final String PAIRS = """
            select p.id, p.source, p.split, p.prompt_id, q.messages::text, c.text, r.text, p.weight, p.margin,
                   array(select d.rating_id::text from counted_rating d where d.task_id = p.task_id order by d.rating_id),
                   array(select d.revision from counted_rating d where d.task_id = p.task_id order by d.rating_id)
              from pair p
              join prompt q on q.id = p.prompt_id
              join response c on c.id = p.chosen_response_id
              join response r on r.id = p.rejected_response_id
             where p.project_id = ?
             order by p.split desc, p.prompt_id, p.id""";

    private static final String INSERT = """
            insert into snapshot (project_id, digest, path, train_pairs, eval_pairs, aggregation, created_at)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (project_id, digest) do update set digest = excluded.digest
            returning id""";

    private static final String INSERT_REVIEWERS =
            "insert into snapshot_reviewer (snapshot_id, reviewer, weight, accuracy, labels) values (?, ?, ?, ?, ?)"
                    + " on conflict do nothing";

    private static final String INSERT_RATINGS = "insert into snapshot_rating (snapshot_id, rating_id, revision)"
            + " select ?, n.rating, n.revision from unnest(?::uuid[], ?::int[]) as n(rating, revision)"
            // The same pairs from newer revisions, a mended comment say, are the same snapshot.
            + " on conflict (snapshot_id, rating_id) do update set revision = excluded.revision";

    private final DataSource database;
    private final DataFolder data;
    private final ObjectMapper json;
    private final Clock clock;
    private final PairProjection projection;
    private final ReviewerReliabilities reliabilities;

    Snapshots(DataSource database, DataFolder data, ObjectMapper json, Clock clock, PairProjection projection,
            ReviewerReliabilities reliabilities) {
        this.database = database;
        this.data = data;
        this.json = json;
        this.clock = clock;
        this.projection = projection;
        this.reliabilities = reliabilities;
    }

    /**
     * Freezes the project's pairs as they are now, training and held-out ones alike. Where the project weighs by
     * reliability, that is estimated now, and the pairs are made anew by it before they are frozen.
     *
     * @return the new snapshot, or the one that has the same content already
     * @throws Problem 409 if the project has no pairs
     */
    @Transactional
    public Snapshot create(Project project) {
        return create(project, false);
    }

    /** The same for a project that may have no pairs: its snapshot is empty then. */
    @Transactional
    public Snapshot createEvenEmpty(Project project) {
        return create(project, true);
    }

    private Snapshot create(Project project, boolean evenEmpty) {
        Path temporary = data.artefacts().resolve("." + UUID.randomUUID() + ".snapshot");
        try {
            try (Connection connection = database.getConnection()) {
                List<ReviewerWeight> weights = weigh(connection, project);
                Content content = write(connection, project, temporary, weights);
                if (!evenEmpty && content.train() + content.eval() == 0) {
                    throw Problem.conflict("no-pairs", "The project has no pairs yet",
                            "Rate some tasks of " + project.slug + " first: pairs are made from ratings.");
                }
                String path = store(temporary, content.digest());
                return record(connection, project, content, path, weights);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The snapshot cannot be written: " + failure.getMessage(), failure);
        } catch (SQLException failure) {
            throw new IllegalStateException("The snapshot cannot be stored", failure);
        }
    }

    /** Where a snapshot's file is; {@link SnapshotFile#read} reads it. */
    public Path file(Snapshot snapshot) {
        return data.artefacts().resolve(snapshot.path);
    }

    /** Makes the pairs anew by the project's policy where it weighs reviewers; null where everybody counts the same. */
    private List<ReviewerWeight> weigh(Connection connection, Project project) throws SQLException {
        if (!project.aggregation.equals(ReliableStrength.NAME)) {
            return null;
        }
        List<ReviewerWeight> weights = reliabilities.estimate(connection, project.id);
        projection.remake(connection, project.id, new ReliableStrength(
                weights.stream().collect(Collectors.toMap(ReviewerWeight::reviewer, ReviewerWeight::weight))));
        return weights;
    }

    private Content write(Connection connection, Project project, Path temporary, List<ReviewerWeight> weights)
            throws IOException, SQLException {
        int train = 0;
        int eval = 0;
        Map<String, Integer> ratings = new TreeMap<>();
        try (SnapshotFile file = new SnapshotFile(temporary);
                PreparedStatement select = connection.prepareStatement(PAIRS)) {
            if (weights != null) {
                file.start(new SnapshotManifest(ReliableStrength.NAME, ReviewerReliability.WEIGHTS, weights));
            }
            select.setFetchSize(FETCH);
            select.setLong(1, project.id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String[] ids = (String[]) rows.getArray(10).getArray();
                    Integer[] revisions = (Integer[]) rows.getArray(11).getArray();
                    for (int i = 0; i < ids.length; i++) {
                        ratings.put(ids[i], revisions[i]);
                    }
                    SnapshotPair pair = new SnapshotPair(rows.getLong(1), rows.getString(2), rows.getString(3),
                            rows.getLong(4), json.readValue(rows.getString(5), MESSAGES), rows.getString(6),
                            rows.getString(7), rows.getDouble(8), rows.getDouble(9), Arrays.asList(ids));
                    file.add(pair);
                    train += pair.split().equals("train") ? 1 : 0;
                    eval += pair.split().equals("eval") ? 1 : 0;
                }
            }
            return new Content(file.finish(), train, eval, ratings);
        }
    }

    private String store(Path temporary, String digest) throws IOException {
        String path = "snapshots/" + digest.substring(0, 2) + "/" + digest + ".jsonl";
        Path target = data.artefacts().resolve(path);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return path;
    }

    private Snapshot record(Connection connection, Project project, Content content, String path,
            List<ReviewerWeight> weights) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, project.id);
            insert.setString(2, content.digest());
            insert.setString(3, path);
            insert.setInt(4, content.train());
            insert.setInt(5, content.eval());
            insert.setString(6, project.aggregation);
            insert.setTimestamp(7, Timestamp.from(clock.instant()));
            try (ResultSet inserted = insert.executeQuery()) {
                inserted.next();
                recordRatings(connection, inserted.getLong(1), content.ratings());
                if (weights != null) {
                    recordReviewers(connection, inserted.getLong(1), weights);
                }
            }
        }
        return Snapshot.<Snapshot>find("projectId = ?1 and digest = ?2", project.id, content.digest()).firstResult();
    }

    private static void recordRatings(Connection connection, long snapshot, Map<String, Integer> ratings)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_RATINGS)) {
            insert.setLong(1, snapshot);
            insert.setArray(2, connection.createArrayOf("uuid", ratings.keySet().toArray()));
            insert.setArray(3, connection.createArrayOf("int", ratings.values().toArray()));
            insert.executeUpdate();
        }
    }

    private static void recordReviewers(Connection connection, long snapshot, List<ReviewerWeight> weights)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_REVIEWERS)) {
            for (ReviewerWeight one : weights) {
                insert.setLong(1, snapshot);
                insert.setObject(2, one.reviewer());
                insert.setDouble(3, one.weight());
                insert.setDouble(4, one.accuracy());
                insert.setInt(5, one.labels());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** What a snapshot's file has in it. */
    private record Content(String digest, int train, int eval, Map<String, Integer> ratings) {}
}
