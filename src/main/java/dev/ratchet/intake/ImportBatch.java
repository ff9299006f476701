package dev.ratchet.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.ImportedPairs;
import dev.ratchet.generation.ImportedResponses;
import dev.ratchet.generation.ImportedResponses.KeptResponse;
import dev.ratchet.intake.format.Entry;
import dev.ratchet.intake.format.Mapping;
import dev.ratchet.intake.format.PersonalData;
import dev.ratchet.intake.format.Reading;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.KeptPrompt;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.PreparedPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompts;
import dev.ratchet.question.Preference;
import dev.ratchet.task.NewTask;
import dev.ratchet.task.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Takes the next rows of a file in. What they bring and how far the file has come commit together, and only for who saw
 * it where it stands: so each row counts once, whoever crashes and whoever else works at it.
 */
@ApplicationScoped
class ImportBatch {
    private static final String ADVANCE = """
            update import_job
               set cursor = ?, rows = rows + ?, prompts = prompts + ?, responses = responses + ?, pairs = pairs + ?,
                   documents = documents + ?, tasks = tasks + ?, known = known + ?, rejected = rejected + ?,
                   masked = masked + ?, touched_at = ?
             where id = ? and cursor = ? and status = 'importing'""";

    private static final String REJECT = """
            insert into import_rejection (import_id, line, place, reason, row)
            select ?, n.line, n.place, n.reason, n.row
              from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[]) as n(line, place, reason, row)""";

    private final DataSource database;
    private final Prompts prompts;
    private final ImportedResponses responses;
    private final ImportedPairs pairs;
    private final Demonstrations demonstrations;
    private final Tasks tasks;
    private final ObjectMapper json;
    private final Clock clock;

    ImportBatch(DataSource database, Prompts prompts, ImportedResponses responses, ImportedPairs pairs,
            Demonstrations demonstrations, Tasks tasks, ObjectMapper json, Clock clock) {
        this.database = database;
        this.prompts = prompts;
        this.responses = responses;
        this.pairs = pairs;
        this.demonstrations = demonstrations;
        this.tasks = tasks;
        this.json = json;
        this.clock = clock;
    }

    /** Somebody else works at the import, or it was stopped. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Rows with what can be made of them before the transaction that takes them in.
     *
     * @param entries what they say, personal data masked where the mapping says so
     * @param cursor the number of the last of them
     */
    record Prepared(List<Ready> entries, List<Reading.Outcome> rejected, long rows, long masked, long cursor) {}

    /** An entry with its prompt as it is kept, and of each of its replies the digest and where it stood. */
    record Ready(Entry entry, PreparedPrompt prompt, List<byte[]> digests, List<String> origins) {}

    /** Prepares rows; needs no transaction, so that it can be done while other rows are written. */
    Prepared prepare(Mapping mapping, List<Reading.Outcome> outcomes) {
        List<Ready> ready = new ArrayList<>();
        long rows = 0;
        long[] masked = new long[1];
        for (Reading.Outcome outcome : outcomes) {
            rows += outcome.rows();
            for (Entry entry : outcome.entries()) {
                ready.add(ready(mapping.maskPersonalData() ? masked(entry, masked) : entry, outcome.line()));
            }
        }
        return new Prepared(ready, outcomes.stream().filter(outcome -> outcome.fault() != null).toList(), rows,
                masked[0], outcomes.get(outcomes.size() - 1).number());
    }

    private Ready ready(Entry entry, long line) {
        if (entry.prompt() == null) {
            return new Ready(entry, null, List.of(), List.of());
        }
        List<byte[]> digests = new ArrayList<>(entry.replies().size());
        List<String> origins = new ArrayList<>(entry.replies().size());
        for (Entry.Reply reply : entry.replies()) {
            digests.add(ImportedResponses.digest(reply.text()));
            origins.add(origin(line, reply));
        }
        return new Ready(
                entry, prompts.prepare(new NewPrompt(entry.prompt(), entry.extras().splitGroup()),
                        entry.extras().tags()), digests, origins);
    }

    private static Entry masked(Entry entry, long[] count) {
        return entry.map(text -> {
            PersonalData.Masked masked = PersonalData.mask(text);
            masked.found().values().forEach(found -> count[0] += found);
            return masked.text();
        });
    }

    /**
     * Takes rows in.
     *
     * @param job the import as it was read, whose cursor says where it stands
     * @return where it stands then
     * @throws Overtaken if it stands elsewhere meanwhile; then nothing was taken in
     */
    @Transactional
    public long take(ImportJob job, Project project, Prepared batch) {
        Tally tally = new Tally();
        tally.rows = batch.rows();
        tally.masked = batch.masked();
        tally.rejected = batch.rejected().size();
        keep(job, project, batch.entries(), tally);
        try (Connection connection = database.getConnection()) {
            reject(connection, job, batch.rejected());
            advance(connection, job, batch.cursor(), tally);
        } catch (SQLException failure) {
            throw new IllegalStateException("The import cannot go on", failure);
        }
        return batch.cursor();
    }

    private void keep(ImportJob job, Project project, List<Ready> entries, Tally tally) {
        List<KeptPrompt> keptPrompts = prompts.keep(project, job.id,
                entries.stream().map(Ready::prompt).filter(Objects::nonNull).toList());
        tally.prompts = keptPrompts.stream().filter(KeptPrompt::added).mapToLong(KeptPrompt::id).distinct().count();
        List<ImportedResponses.NewResponse> answers = new ArrayList<>();
        int at = 0;
        for (Ready ready : entries) {
            if (ready.prompt() != null) {
                KeptPrompt prompt = keptPrompts.get(at++);
                for (int reply = 0; reply < ready.digests().size(); reply++) {
                    answers.add(new ImportedResponses.NewResponse(prompt.id(), prompt.added(),
                            ready.entry().replies().get(reply).text(), ready.digests().get(reply),
                            ready.origins().get(reply)));
                }
            }
        }
        List<KeptResponse> keptAnswers = responses.keep(job.id, answers);
        tally.responses = keptAnswers.stream().filter(KeptResponse::added).mapToLong(KeptResponse::id).distinct()
                .count();
        tally.known = keptAnswers.size() - tally.responses;
        relate(job, project, entries.stream().map(Ready::entry).toList(), keptPrompts, keptAnswers, tally);
    }

    private void relate(ImportJob job, Project project, List<Entry> entries, List<KeptPrompt> keptPrompts,
            List<KeptResponse> keptAnswers, Tally tally) {
        List<ImportedPairs.NewPair> newPairs = new ArrayList<>();
        List<Demonstrations.NewDemonstration> learned = new ArrayList<>();
        Map<List<Long>, NewTask> newTasks = new LinkedHashMap<>();
        boolean two = job.mapping.makeTasks() && asksForTwo(project);
        int prompt = 0;
        int answer = 0;
        for (Entry entry : entries) {
            if (entry.prompt() == null) {
                learned.add(new Demonstrations.NewDemonstration(
                        null, Inspection.name(Inspection.side(entry)), entry.document()));
                continue;
            }
            KeptPrompt kept = keptPrompts.get(prompt++);
            List<KeptResponse> own = keptAnswers.subList(answer, answer += entry.replies().size());
            for (Entry.Preferred pair : entry.pairs()) {
                KeptResponse chosen = own.get(pair.chosen());
                KeptResponse rejected = own.get(pair.rejected());
                if (chosen.id() != rejected.id()) {
                    newPairs.add(new ImportedPairs.NewPair(kept.id(), kept.split(), chosen.id(), rejected.id(),
                            pair.weight(), pair.margin(), chosen.added() || rejected.added()));
                }
            }
            if (entry.demonstration() != null) {
                learned.add(new Demonstrations.NewDemonstration(
                        kept.id(), kept.split(), entry.replies().get(entry.demonstration()).text()));
            }
            if (job.mapping.makeTasks()) {
                tasks(kept.id(), own, two, job.mapping.overlap(), entry.extras().tags())
                        .forEach(task -> newTasks.putIfAbsent(task.responseIds(), task));
            }
        }
        tally.pairs = pairs.keep(project.id, job.id, newPairs);
        tally.documents = demonstrations.keep(project.id, job.id, learned);
        tally.known += learned.size() - tally.documents;
        tally.tasks = tasks.create(project, job.id, List.copyOf(newTasks.values())).size();
    }

    private static boolean asksForTwo(Project project) {
        return Instructions.current(project).questions.list().stream()
                .anyMatch(question -> question instanceof Preference && question.required());
    }

    /** Tasks of answers of which one is new; where two are compared, of each two neighbours. */
    private static List<NewTask> tasks(long prompt, List<KeptResponse> answers, boolean two, int overlap,
            List<String> tags) {
        List<Long> ids = answers.stream().map(KeptResponse::id).distinct().limit(8).toList();
        if (ids.size() < 2 || answers.stream().noneMatch(KeptResponse::added)) {
            return List.of();
        }
        if (!two) {
            return List.of(new NewTask(prompt, ids, overlap, 0, tags));
        }
        List<NewTask> made = new ArrayList<>();
        for (int at = 0; at + 1 < ids.size(); at++) {
            made.add(new NewTask(prompt, ids.subList(at, at + 2), overlap, 0, tags));
        }
        return made;
    }

    private String origin(long line, Entry.Reply reply) {
        if (reply.scores().isEmpty()) {
            return "{\"line\":" + line + "}";
        }
        try {
            return json.writeValueAsString(Map.of("line", line, "scores", reply.scores()));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Scores cannot be written as JSON", failure);
        }
    }

    private static void reject(Connection connection, ImportJob job, List<Reading.Outcome> rejected)
            throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(REJECT)) {
            insert.setLong(1, job.id);
            insert.setArray(2, connection.createArrayOf("int8",
                    rejected.stream().map(Reading.Outcome::line).toArray(Long[]::new)));
            // Several records may stand on one line: the number of the record tells them apart.
            insert.setArray(3, connection.createArrayOf("int8",
                    rejected.stream().map(Reading.Outcome::number).toArray(Long[]::new)));
            insert.setArray(4, connection.createArrayOf("text",
                    rejected.stream().map(Reading.Outcome::fault).toArray(String[]::new)));
            insert.setArray(5, connection.createArrayOf("text",
                    rejected.stream().map(Reading.Outcome::text).toArray(String[]::new)));
            insert.executeUpdate();
        }
    }

    private void advance(Connection connection, ImportJob job, long cursor, Tally tally) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            long[] values = {cursor, tally.rows, tally.prompts, tally.responses, tally.pairs, tally.documents,
                tally.tasks, tally.known, tally.rejected, tally.masked};
            for (int at = 0; at < values.length; at++) {
                update.setLong(at + 1, values[at]);
            }
            update.setTimestamp(11, Timestamp.from(clock.instant()));
            update.setLong(12, job.id);
            update.setLong(13, job.cursor);
            if (update.executeUpdate() != 1) {
                throw new Overtaken();
            }
        }
    }

    /** What the rows brought. */
    private static final class Tally {
        private long rows;
        private long prompts;
        private long responses;
        private long pairs;
        private long documents;
        private long tasks;
        private long known;
        private long rejected;
        private long masked;
    }
}
