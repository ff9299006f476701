package dev.ratchet.dataset.export;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.lm.Message;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What a supervised run learns besides the chosen answers of its snapshot's pairs. */
@ApplicationScoped
public class TrainingExamples {
    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};
    private static final String NEWEST = "select coalesce(max(id), 0) from demonstration"
            + " where project_id = ? and split = 'train'";
    private static final String SINCE = "select count(*), max(created_at) from demonstration"
            + " where project_id = ? and split = 'train' and id > ?";

    private final DataSource database;
    private final ObjectMapper json;

    TrainingExamples(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * A text to learn.
     *
     * @param source {@code rewrite}, {@code demonstration} or {@code document}
     * @param promptId the prompt that it answers; null for a document
     * @param prompt its conversation; empty for a document
     * @param ratingIds the ratings that it was written in
     */
    public record Example(
            String source, Long promptId, List<Message> prompt, String text, List<String> ratingIds) {}

    /** The newest of the project's training demonstrations and documents, by id; 0 where it has none. */
    @Transactional
    public long newest(long projectId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(NEWEST)) {
            select.setLong(1, projectId);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstrations cannot be found", failure);
        }
    }

    /**
     * What came in after an id.
     *
     * @param count demonstrations and documents of the training side
     * @param last when the last one came; null for none
     */
    public record Fresh(long count, Instant last) {}

    /** The project's training demonstrations and documents that are newer than an id. */
    @Transactional
    public Fresh since(long projectId, long id) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SINCE)) {
            select.setLong(1, projectId);
            select.setLong(2, id);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                OffsetDateTime last = found.getObject(2, OffsetDateTime.class);
                return new Fresh(found.getLong(1), last == null ? null : last.toInstant());
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstrations cannot be counted", failure);
        }
    }

    /**
     * Gives the examples of the training side in one order: what reviewers wrote in the ratings of the snapshot, then
     * imported demonstrations and documents up to an id. The same arguments give the same ones, unless somebody's words
     * were erased.
     */
    @Transactional
    public void read(Project project, Snapshot snapshot, long upTo, Consumer<Example> taker) {
        Scope scope = new Scope(project.id, "train",
                ExportRequest.of("sft.jsonl", snapshot.id, "train", null, null, true),
                Instructions.history(project).stream().collect(Collectors.toMap(told -> told.version,
                        told -> told.questions)));
        AnswerPasses.UpTo imported = AnswerPasses.UpTo.id(upTo);
        try (Connection connection = database.getConnection()) {
            Row answers = row -> {
                taker.accept(answer(row));
                return true;
            };
            for (Pass pass : AnswerPasses.rewrites(scope)) {
                pass.run(connection, answers);
            }
            AnswerPasses.imported(scope, imported).run(connection, answers);
            AnswerPasses.documents(scope, imported).run(connection, row -> {
                taker.accept(new Example("document", null, List.of(), (String) row[0], List.of()));
                return true;
            });
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("The examples to learn from cannot be read", failure);
        }
    }

    /** As {@link RowKind#SFT} and {@link Scope#row} order it. */
    private Example answer(Object[] row) throws IOException {
        return new Example((String) row[2], (Long) row[4], json.readValue((String) row[0], MESSAGES), (String) row[1],
                List.of((String[]) row[5]));
    }
}
