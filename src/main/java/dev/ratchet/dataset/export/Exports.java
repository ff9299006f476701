package dev.ratchet.dataset.export;

import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.question.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/**
 * Writes what people said as files, row by row from a cursor: memory does not grow with the number of rows, and all
 * rows of a file are of one moment.
 */
@ApplicationScoped
class Exports {
    /** Each holds a connection as long as its reader takes. */
    private static final int AT_ONCE = 6;
    private static final int BUFFER = 1 << 16;
    /** Nobody changes what it sees, and it changes nothing. */
    private static final String ONE_MOMENT = "set transaction isolation level repeatable read, read only";

    private final DataSource database;
    private final Snapshots snapshots;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Exports(DataSource database, Snapshots snapshots, Clock clock) {
        this.database = database;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /** An export whose choices are checked. */
    record Ready(Project project, ExportRequest request, Snapshot snapshot, Map<Integer, Questions> questions) {}

    /** @throws Problem 404 if the project has no such snapshot */
    @Transactional
    Ready ready(Project project, ExportRequest request) {
        Snapshot snapshot = request.snapshot() == null ? null : Snapshot.<Snapshot>find(
                        "id = ?1 and projectId = ?2", request.snapshot(), project.id).firstResultOptional()
                .orElseThrow(() -> Problem.notFound("unknown-snapshot", "There is no such snapshot",
                        "Project " + project.slug + " has no snapshot " + request.snapshot()
                                + ": GET /api/projects/" + project.slug + "/snapshots lists them."));
        return new Ready(project, request, snapshot, Instructions.history(project).stream()
                .collect(Collectors.toMap(told -> told.version, told -> told.questions)));
    }

    /**
     * Writes the file.
     *
     * @throws Problem 503 if too many exports are being read; nothing was written then
     */
    void write(Ready export, OutputStream stream) throws IOException {
        if (!places.tryAcquire()) {
            throw new Problem(503, "exports-busy", "Too many exports are being read",
                    AT_ONCE + " exports at once are served: try again when one has ended.");
        }
        try {
            // What is below is closed by whoever opened it.
            OutputStream out = new BufferedOutputStream(stream, BUFFER);
            reading(connection -> {
                switch (export.request().type()) {
                    case CARD -> out.write(card(connection, export, counts(connection, export))
                            .getBytes(StandardCharsets.UTF_8));
                    case FOLDER -> folder(connection, export, out);
                    case COMPRESSED_JSON_LINES -> {
                        GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER);
                        rows(connection, export, packed);
                        packed.finish();
                    }
                    case JSON_LINES, CSV, PARQUET -> rows(connection, export, out);
                }
                return null;
            });
            out.flush();
        } finally {
            places.release();
        }
    }

    /** How many rows each side of the split has. */
    Map<String, Long> counts(Ready export) throws IOException {
        return reading(connection -> counts(connection, export));
    }

    /** The first row as a line of JSON; null if there is none. */
    String example(Ready export) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        reading(connection -> {
            try (RowFile file = new JsonLinesFile(export.request().kind().columns(), line)) {
                for (String split : export.request().splits()) {
                    if (!run(connection, export, split, values -> {
                        file.take(values);
                        return false;
                    })) {
                        break;
                    }
                }
            }
            return null;
        });
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8).strip();
    }

    private void rows(Connection connection, Ready export, OutputStream out) throws SQLException, IOException {
        List<Column> columns = export.request().kind().columns();
        try (RowFile file = switch (export.request().type()) {
            case CSV -> new CsvFile(columns, out);
            case PARQUET -> new ParquetFile(columns, out);
            default -> new JsonLinesFile(columns, out);
        }) {
            for (String split : export.request().splits()) {
                run(connection, export, split, file);
            }
        }
    }

    private void folder(Connection connection, Ready export, OutputStream out) throws SQLException, IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String split : export.request().splits()) {
            zip.putNextEntry(new ZipEntry("data/" + split + ".jsonl"));
            long[] rows = new long[1];
            try (RowFile file = new JsonLinesFile(export.request().kind().columns(), zip)) {
                run(connection, export, split, values -> {
                    rows[0]++;
                    return file.take(values);
                });
            }
            zip.closeEntry();
            counts.put(split, rows[0]);
        }
        zip.putNextEntry(new ZipEntry("README.md"));
        zip.write(card(connection, export, counts).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    private String card(Connection connection, Ready export, Map<String, Long> counts)
            throws SQLException, IOException {
        return DatasetCard.write(export, counts, ExportedAgreement.of(connection, export), clock.instant());
    }

    private Map<String, Long> counts(Connection connection, Ready export) throws SQLException, IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String split : export.request().splits()) {
            long rows = 0;
            for (Pass pass : passes(export, split)) {
                rows += pass.count(connection);
            }
            counts.put(split, rows);
        }
        return counts;
    }

    private boolean run(Connection connection, Ready export, String split, Row out) throws SQLException, IOException {
        for (Pass pass : passes(export, split)) {
            if (!pass.run(connection, out)) {
                return false;
            }
        }
        return true;
    }

    private List<Pass> passes(Ready export, String split) {
        Scope scope = new Scope(export.project().id, split, export.request(), export.questions());
        if (export.snapshot() != null) {
            return frozen(export, scope);
        }
        return switch (export.request().kind()) {
            case PREFERENCE -> PreferencePasses.of(scope);
            case KTO -> AnswerPasses.judged(scope);
            case SFT -> AnswerPasses.demonstrations(scope);
            case DOCUMENTS -> List.of(AnswerPasses.documents(scope, AnswerPasses.UpTo.NOW));
            case REWARD -> RewardPasses.of(scope);
            case RATINGS -> RatingPasses.of(scope);
        };
    }

    private List<Pass> frozen(Ready export, Scope scope) {
        SnapshotPasses pairs = new SnapshotPasses(
                scope, snapshots.file(export.snapshot()), export.snapshot().aggregation);
        // What was imported has no revisions: a snapshot's is what was there when it was made.
        AnswerPasses.UpTo made = AnswerPasses.UpTo.moment(export.snapshot().createdAt);
        return switch (export.request().kind()) {
            case PREFERENCE -> pairs.preferences();
            case KTO -> pairs.judged();
            case SFT -> {
                List<Pass> both = new ArrayList<>(AnswerPasses.rewrites(scope));
                both.addAll(pairs.chosen());
                both.add(AnswerPasses.imported(scope, made));
                yield both;
            }
            case DOCUMENTS -> List.of(AnswerPasses.documents(scope, made));
            case REWARD -> RewardPasses.of(scope);
            case RATINGS -> RatingPasses.of(scope);
        };
    }

    /** What is read from the database at one moment. */
    private interface Reading<T> {
        T from(Connection connection) throws SQLException, IOException;
    }

    /** Not in a transaction of the application: those end after a minute, and whoever reads a file may take an hour. */
    private <T> T reading(Reading<T> reading) throws IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement begin = connection.createStatement()) {
                begin.execute(ONE_MOMENT);
                return reading.from(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The export cannot be read from the database", failure);
        }
    }
}
