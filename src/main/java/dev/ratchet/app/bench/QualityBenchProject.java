package dev.ratchet.app.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A project after months of work, written by SQL: each task rated by three of its reviewers, who find the better answer
 * in 60 to 90 of 100 cases; one task in fifty is gold.
 */
final class QualityBenchProject {
    static final int OVERLAP = 3;
    /** So many reviewers or more are never given a task twice. */
    static final int FEWEST = 7;

    private static final String FILL = """
            select setseed(0.42);

            insert into account (login, display_name, password_hash, role, pseudonym, created_at)
            select 'bench-' || i, 'Reviewer ' || i, 'none', 'reviewer', gen_random_uuid(), now()
              from generate_series(1, :reviewers) i;

            insert into prompt (project_id, messages, split_group, split, digest, created_at)
            select :project, jsonb_build_array(jsonb_build_object('role', 'user', 'content', 'Case ' || i || '?')),
                   'group ' || i, case when i % 5 = 0 then 'eval' else 'train' end, md5(cast(i as text)),
                   now() - interval '90 days'
              from generate_series(1, :tasks) i;

            insert into response (prompt_id, import_id, text, finish_reason, sampling, created_at)
            select id, 0, 'Answer ' || place, 'stop', '{}', created_at
              from prompt cross join generate_series(1, 2) place where project_id = :project;

            insert into task (project_id, prompt_id, overlap, priority, status, created_at, purpose)
            select :project, id, 3, 0, case when id % 50 = 0 then 'open' else 'complete' end, created_at,
                   case when id % 50 = 0 then 'gold' else 'rating' end
              from prompt where project_id = :project order by id;

            insert into task_response (task_id, position, response_id)
            select t.id, row_number() over (partition by t.id order by r.id) - 1, r.id
              from task t join response r on r.prompt_id = t.prompt_id where t.project_id = :project;

            create temporary table given on commit drop as
            select t.id as task, a.id as account, a.number, t.first, t.second, gen_random_uuid() as assignment,
                   gen_random_uuid() as rating, random() < 0.5 as turned, hashint8(t.id) % 2 = 0 as first_is_better,
                   random() as luck, random() as strength, (8000 * exp(random() + random()))::bigint as millis,
                   now() - interval '90 days' * (1 - t.number / :tasks.0) + interval '1 hour' * place as at
              from (select t.id, row_number() over (order by t.id) as number, min(s.response_id) as first,
                           max(s.response_id) as second
                      from task t join task_response s on s.task_id = t.id
                     where t.project_id = :project group by t.id) t
              cross join generate_series(0, 2) place
              join (select id, row_number() over (order by id) - 1 as number from account where login like 'bench-%') a
                on a.number = (t.number * 5 + place * (1 + t.number % 3)) % :reviewers;

            insert into assignment (id, task_id, project_id, account_id, status, shown, leased_at, expires_at,
                                    finished_at, instructions_version)
            select assignment, task, :project, account, 'rated',
                   case when turned then array[second, first] else array[first, second] end, at, at, at, 1
              from given;

            insert into rating (id, revision, assignment_id, task_id, account_id, answers, withdrawn, active_millis,
                                instructions_version, created_at)
            select rating, 1, assignment, task, account,
                   case when luck > 0.96 then '{"preference": {"verdict": "tie"}}'::jsonb
                        else jsonb_build_object('preference', jsonb_build_object('verdict', 'preference', 'strength',
                             (1 + floor(strength * 3)) * case when (luck < 0.6 + 0.3 * number / :reviewers)
                                  = (first_is_better = turned) then 1 else -1 end)) end,
                   false, millis, 1, at
              from given;

            insert into gold_answer (task_id, answers, explanation, author_id, created_at)
            select t.id, jsonb_build_object('preference', jsonb_build_object('verdict', 'preference', 'strength',
                         case when hashint8(t.id) % 2 = 0 then -1 else 1 end)), '', (select min(id) from account), now()
              from task t where t.project_id = :project and t.purpose = 'gold';""";

    private QualityBenchProject() {}

    /**
     * Fills a project that is there.
     *
     * @param database JDBC address with its account
     * @return how many ratings it has then
     */
    static long fill(String database, String slug, int ratings, int reviewers) throws SQLException {
        try (Connection connection = new Driver().connect(database, new Properties());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long project = number(statement, "select id from project where slug = '" + slug + "'");
            statement.execute(FILL.replace(":project", Long.toString(project))
                    .replace(":reviewers", Integer.toString(reviewers))
                    .replace(":tasks", Integer.toString(ratings / OVERLAP)));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum analyze");
            return number(statement, "select count(*) from rating r join task t on t.id = r.task_id"
                    + " where t.project_id = " + project);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
