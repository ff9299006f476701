package dev.ratchet.intake;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.ImportedPairs;
import dev.ratchet.intake.format.Detection;
import dev.ratchet.intake.format.Entry;
import dev.ratchet.intake.format.Mapping;
import dev.ratchet.intake.format.NearDuplicates;
import dev.ratchet.intake.format.Reading;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.project.Project;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Looks files through and takes them in, from where the record says that they stand. */
@ApplicationScoped
class ImportWorker {
    private static final Logger LOG = Logger.getLogger(ImportWorker.class);
    private static final TypeReference<List<Message>> MESSAGES = new TypeReference<>() {};
    private static final Duration TOUCH = Duration.ofSeconds(2);
    private static final int LONGEST_ERROR = 1_000;
    /** A batch ends early when its texts are long: it is all in memory. */
    private static final long BATCH_CHARACTERS = 4 << 20;
    /** Rows that are looked at together. */
    private static final int LOOK = 500;

    private final DataFolder data;
    private final DataSource database;
    private final IntakeConfig config;
    private final ImportBatch batch;
    private final ImportUndo undo;
    private final ImportedPairs pairs;
    private final ObjectMapper json;
    private final Clock clock;

    ImportWorker(DataFolder data, DataSource database, IntakeConfig config, ImportBatch batch, ImportUndo undo,
            ImportedPairs pairs, ObjectMapper json, Clock clock) {
        this.data = data;
        this.database = database;
        this.config = config;
        this.batch = batch;
        this.undo = undo;
        this.pairs = pairs;
        this.json = json;
        this.clock = clock;
    }

    /** Works at an import until it is done, fails, or somebody else has taken it over. */
    void work(long id) {
        try {
            ImportJob job = load(id);
            if (job.status.equals(ImportStatus.CHECKING)) {
                check(job);
            } else if (job.status.equals(ImportStatus.IMPORTING)) {
                take(job);
            } else if (job.status.equals(ImportStatus.UNDOING)) {
                undo(job);
            }
        } catch (ImportBatch.Overtaken overtaken) {
            LOG.infof("Import %d goes on elsewhere.", id);
        } catch (IOException | RuntimeException failure) {
            LOG.errorf(failure, "Import %d failed.", id);
            fail(id, failure);
        }
    }

    private ImportJob load(long id) {
        return QuarkusTransaction.requiringNew().call(() -> ImportJob.<ImportJob>findById(id));
    }

    private Path file(ImportJob job) {
        return data.imports().resolve(job.path);
    }

    private void check(ImportJob job) throws IOException {
        Project project = QuarkusTransaction.requiringNew().call(() -> Project.findById(job.projectId));
        Mapping mapping = job.mapping;
        List<Detection.Column> columns;
        if (mapping == null) {
            Detection.Detected detected = Detection.detect(file(job), job.name, project.overlap, config.limits());
            mapping = detected.mapping();
            columns = detected.columns();
        } else {
            columns = Detection.columns(file(job), mapping, config.limits());
        }
        Inspection inspection = new Inspection(mapping);
        compareWithProject(project, inspection);
        // Only where the choice can be read at all: a person makes it first otherwise.
        if (mapping.fault() == null) {
            try (Reading reading = Reading.open(file(job), mapping, config.limits(), 0);
                    ReadAhead<List<Reading.Outcome>> ahead =
                            new ReadAhead<>("imports-read", () -> next(reading, LOOK))) {
                Instant touched = clock.instant();
                for (List<Reading.Outcome> some = ahead.next(); some != null; some = ahead.next()) {
                    some.forEach(inspection::add);
                    if (Duration.between(touched, clock.instant()).compareTo(TOUCH) > 0) {
                        touched = clock.instant();
                        touch(job, inspection.rows());
                    }
                }
            }
        }
        Mapping read = mapping;
        QuarkusTransaction.requiringNew().run(() -> ImportJob.update(
                "status = ?1, mapping = ?2, preview = ?3, rows = 0, touchedAt = null, error = null"
                        + " where id = ?4 and status = ?5",
                ImportStatus.READY, read, inspection.preview(columns), job.id, ImportStatus.CHECKING));
    }

    private void compareWithProject(Project project, Inspection inspection) throws IOException {
        QuarkusTransaction.requiringNew().timeout(600).run(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement select = connection.prepareStatement(
                            "select messages::text, split from prompt where project_id = ? order by id limit ?")) {
                select.setFetchSize(1_000);
                select.setLong(1, project.id);
                select.setInt(2, NearDuplicates.CAPACITY);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        inspection.known(json.readValue(rows.getString(1), MESSAGES), rows.getString(2));
                    }
                }
            } catch (SQLException | IOException failure) {
                throw new IllegalStateException("The project's prompts cannot be read", failure);
            }
        });
    }

    /** Says how far the look has come, and that somebody is at it. */
    private void touch(ImportJob job, long rows) {
        int still = QuarkusTransaction.requiringNew().call(() -> ImportJob.update(
                "rows = ?1, touchedAt = ?2 where id = ?3 and status = ?4", rows, clock.instant(), job.id,
                ImportStatus.CHECKING));
        if (still == 0) {
            throw new ImportBatch.Overtaken();
        }
    }

    private void take(ImportJob job) throws IOException {
        Project project = QuarkusTransaction.requiringNew().call(() -> Project.findById(job.projectId));
        try (Reading reading = Reading.open(file(job), job.mapping, config.limits(), job.cursor);
                ReadAhead<ImportBatch.Prepared> ahead = new ReadAhead<>("imports-read", () -> {
                    List<Reading.Outcome> outcomes = next(reading, config.batch());
                    return outcomes == null ? null : batch.prepare(job.mapping, outcomes);
                })) {
            for (ImportBatch.Prepared next = ahead.next(); next != null; next = ahead.next()) {
                job.cursor = batch.take(job, project, next);
            }
        }
        QuarkusTransaction.requiringNew().run(() -> {
            int done = ImportJob.update(
                    "status = ?1, finishedAt = ?2, touchedAt = null where id = ?3 and status = ?4 and cursor = ?5",
                    ImportStatus.DONE, clock.instant(), job.id, ImportStatus.IMPORTING, job.cursor);
            if (done == 1) {
                pairs.announce(project.id);
            }
        });
    }

    private void undo(ImportJob job) {
        Undone begun = job.undone == null ? Undone.begun(undo.count(job.id)) : job.undone;
        if (job.undone == null) {
            QuarkusTransaction.requiringNew().run(() -> ImportJob.update(
                    "undone = ?1, touchedAt = ?2 where id = ?3 and status = ?4", begun, clock.instant(), job.id,
                    ImportStatus.UNDOING));
        }
        undo.remove(job.id, () -> QuarkusTransaction.requiringNew().run(() ->
                ImportJob.update("touchedAt = ?1 where id = ?2", clock.instant(), job.id)));
        Undone ended = begun.left(undo.count(job.id));
        QuarkusTransaction.requiringNew().run(() -> {
            int done = ImportJob.update("status = ?1, undone = ?2, touchedAt = null where id = ?3 and status = ?4",
                    ImportStatus.UNDONE, ended, job.id, ImportStatus.UNDOING);
            if (done == 1) {
                pairs.announce(job.projectId);
            }
        });
    }

    /** The next outcomes, fewer where their texts are long; null at the end. */
    private static List<Reading.Outcome> next(Reading reading, int most) throws IOException {
        List<Reading.Outcome> outcomes = new ArrayList<>();
        long characters = 0;
        while (outcomes.size() < most && characters < BATCH_CHARACTERS) {
            Reading.Outcome outcome = reading.next();
            if (outcome == null) {
                break;
            }
            outcomes.add(outcome);
            characters += outcome.fault() == null ? 0 : outcome.text().length();
            for (Entry entry : outcome.entries()) {
                characters += entry.length();
            }
        }
        return outcomes.isEmpty() ? null : outcomes;
    }

    private void fail(long id, Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String shown = reason.replace('\0', '\uFFFD');
        String cut = shown.substring(0, Math.min(shown.length(), LONGEST_ERROR));
        QuarkusTransaction.requiringNew().run(() -> {
            ImportJob.update("status = ?1, error = ?2, touchedAt = null where id = ?3 and status in (?4, ?5)",
                    ImportStatus.FAILED, cut, id, ImportStatus.CHECKING, ImportStatus.IMPORTING);
            // It stands as it was, less what was removed, and can be taken back again.
            ImportJob.update("status = ?1, error = ?2, touchedAt = null where id = ?3 and status = ?4",
                    ImportStatus.DONE, cut, id, ImportStatus.UNDOING);
        });
    }
}
