package dev.ratchet.intake;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Removes the rows of an import that nothing uses, kind by kind, so that what only its own rows used goes after them.
 * Each part of a kind is a transaction: an undo that breaks off goes on where it stopped. A row that two imports
 * brought is the first one's.
 */
@ApplicationScoped
class ImportUndo {
    private static final int PART = 5_000;
    private static final int LONGEST_COUNT_SECONDS = 600;

    /** Somebody was given it, or it is a check: it stays with all that it shows. */
    private static final Kind TASKS = new Kind("task", """
            select t.id from task t
             where t.import_id = ? and t.id > ? and not exists (select from assignment a where a.task_id = t.id)
             order by t.id limit ? for update of t""", """
            with free as (
                select t.id from task t
                 where t.id = any(?)
                   and not exists (select from assignment a where a.task_id = t.id)
                   and not exists (select from gold_answer g where g.task_id = t.id)
                   and not exists (select from adjudication a where a.task_id = t.id)
                   and not exists (select from delivered_rating d where d.task_id = t.id)),
            scores as (delete from task_score s using free where s.task_id = free.id),
            responses as (delete from task_response s using free where s.task_id = free.id),
            accounts as (delete from task_account a using free where a.task_id = free.id),
            groups as (delete from task_group g using free where g.task_id = free.id)
            delete from task t using free where t.id = free.id""");

    /** A snapshot takes all pairs of its project. */
    private static final Kind PAIRS = Kind.of("pair", """
            not exists (select from snapshot s where s.project_id = x.project_id and s.created_at >= x.updated_at)""");

    /** A supervised run, and an export of a snapshot, take all demonstrations of their project that were there. */
    private static final Kind DEMONSTRATIONS = Kind.of("demonstration", """
            not exists (select from snapshot s where s.project_id = x.project_id and s.created_at >= x.created_at)
            and not exists (select from run r where r.project_id = x.project_id and r.kind = 'supervised'
                           and r.created_at >= x.created_at)""");

    private static final Kind RESPONSES = Kind.of("response", """
            not exists (select from task_response s where s.response_id = x.id)
            and not exists (select from pair p where p.source = 'import' and p.prompt_id = x.prompt_id
                               and x.id in (p.chosen_response_id, p.rejected_response_id))""");

    /** A run samples prompts of a side up to an id, and must find the same ones when it is tried again. */
    private static final Kind PROMPTS = Kind.of("prompt", """
            not exists (select from response r where r.prompt_id = x.id)
            and not exists (select from task t where t.prompt_id = x.id)
            and not exists (select from demonstration d where d.prompt_id = x.id)
            and not exists (select from evaluation_sample e where e.prompt_id = x.id)
            and not exists (select from run r where r.project_id = x.project_id
                               and r.spec #>> '{prompts,split}' = x.split
                               and (r.spec #>> '{prompts,upTo}')::bigint >= x.id)""");

    private static final String COUNT = "select"
            + " (select count(*) from prompt where import_id = i.id), (select count(*) from response"
            + " where import_id = i.id), (select count(*) from pair where import_id = i.id), (select count(*)"
            + " from demonstration where import_id = i.id), (select count(*) from task where import_id = i.id)"
            + " from import_job i where i.id = ?";

    private final DataSource database;

    ImportUndo(DataSource database) {
        this.database = database;
    }

    /**
     * Rows of a table.
     *
     * @param lock gives the next ids of an import after an id, and holds their rows
     * @param delete deletes those of a list of ids that nothing uses
     */
    private record Kind(String table, String lock, String delete) {
        static Kind of(String table, String unused) {
            return new Kind(table,
                    "select x.id from " + table
                    + " x where x.import_id = ? and x.id > ? order by x.id limit ? for update",
                    "delete from " + table + " x where x.id = any(?) and " + unused);
        }
    }

    /** What of an import is there. */
    Undone.Counts count(long importId) {
        return QuarkusTransaction.requiringNew().timeout(LONGEST_COUNT_SECONDS).call(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement count = connection.prepareStatement(COUNT)) {
                count.setLong(1, importId);
                try (ResultSet counted = count.executeQuery()) {
                    counted.next();
                    return new Undone.Counts(counted.getLong(1), counted.getLong(2), counted.getLong(3),
                            counted.getLong(4), counted.getLong(5));
                }
            }
        });
    }

    /** Removes what nothing uses; {@code alive} is called after each part. */
    void remove(long importId, Runnable alive) {
        for (Kind kind : List.of(TASKS, PAIRS, DEMONSTRATIONS, RESPONSES, PROMPTS)) {
            long[] after = {0};
            while (QuarkusTransaction.requiringNew().call(() -> removePart(kind, importId, after))) {
                alive.run();
            }
        }
    }

    /** Locked first and looked at by a second statement: what came to use a row meanwhile is seen by it. */
    private boolean removePart(Kind kind, long importId, long[] after) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(kind.lock());
                PreparedStatement delete = connection.prepareStatement(kind.delete())) {
            lock.setLong(1, importId);
            lock.setLong(2, after[0]);
            lock.setInt(3, PART);
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = lock.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            if (ids.isEmpty()) {
                return false;
            }
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray(Long[]::new)));
            delete.executeUpdate();
            after[0] = ids.get(ids.size() - 1);
            return true;
        }
    }
}
