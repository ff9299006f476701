package dev.ratchet.dataset.export;

import dev.ratchet.dataset.ImportedPairs;
import dev.ratchet.dataset.MeanStrength;
import dev.ratchet.question.Rewrite;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Rows of single answers: good and bad ones, and those to learn to write. */
final class AnswerPasses {
    static final String NET_WEIGHT = "net-weight-v1";
    static final String REWRITE = "rewrite";
    static final String DEMONSTRATION = "demonstration";

    private static final String RATINGS = """
            array(select d.rating_id::text from counted_rating d
                   where d.task_id = t.id
                     and exists (select 1 from delivered_comparison x
                                  where x.rating_id = d.rating_id
                                    and n.response in (x.first_response_id, x.second_response_id))
                   order by d.rating_id)""";

    /**
     * The net weight of each answer of a task: what the pairs that chose it weigh, less those that rejected it and the
     * share of ratings that found it and its rival both bad.
     */
    private static final String JUDGED = """
            select t.prompt_id, q.messages::text, s.text, n.net, n.compared, %s
              from task t
              join prompt q on q.id = t.prompt_id
              join lateral (select w.response, sum(w.compared) as compared,
                                   -- Thirds that cancel out leave a rest.
                                   round(sum(w.net)::numeric, 9)::float8 as net
                              from (select p.chosen_response_id as response, p.weight as net, 1 as compared
                                      from pair p where p.task_id = t.id
                                    union all
                                    select p.rejected_response_id, -p.weight, 1 from pair p where p.task_id = t.id
                                    union all
                                    select unnest(array[x.first_response_id, x.second_response_id]),
                                           -avg(x.both_bad::int)::float8,
                                           case when bool_or(p.id is null) then 1 else 0 end
                                      from counted_rating d
                                      join delivered_comparison x on x.rating_id = d.rating_id
                                      left join pair p on p.task_id = d.task_id
                                           and least(p.chosen_response_id, p.rejected_response_id) = x.first_response_id
                                           and greatest(p.chosen_response_id, p.rejected_response_id)
                                               = x.second_response_id
                                     where d.task_id = t.id
                                     group by x.first_response_id, x.second_response_id) w
                             group by w.response) n on n.net <> 0 or ?
              join response s on s.id = n.response
             where t.project_id = ? and q.split = ? and t.purpose = 'rating'
             order by t.id, n.response""".formatted(RATINGS);

    private static final String IMPORTED = """
            select p.prompt_id, q.messages::text, c.text, r.text, p.weight, p.aggregation, p.source
              from pair p
              join prompt q on q.id = p.prompt_id
              join response c on c.id = p.chosen_response_id
              join response r on r.id = p.rejected_response_id
             where p.project_id = ? and p.split = ? and p.source <> 'rating'
             order by p.id""";

    private static final String WRITTEN = """
            select t.prompt_id, q.messages::text, r.answers -> w.name ->> 'text', r.id::text
              from task t
              join prompt q on q.id = t.prompt_id
              %s
              join unnest(?::int[], ?::text[]) as w(version, name)
                   on w.version = r.instructions_version and jsonb_exists(r.answers, w.name)
             where t.project_id = ? and q.split = ? and t.purpose = 'rating'
             order by t.id, r.id, w.name""";

    private static final String CHOSEN = """
            select t.prompt_id, q.messages::text, s.text, n.aggregation, %s
              from task t
              join prompt q on q.id = t.prompt_id
              join lateral (select p.chosen_response_id as response, min(p.aggregation) as aggregation
                              from pair p
                             where p.task_id = t.id
                               and not exists (select 1 from pair o where o.task_id = t.id
                                                  and o.rejected_response_id = p.chosen_response_id)
                             group by 1) n on true
              join response s on s.id = n.response
             where t.project_id = ? and q.split = ? and t.purpose = 'rating'
             order by t.id, n.response""".formatted(RATINGS);

    private static final String IMPORTED_DEMONSTRATIONS = """
            select d.prompt_id, q.messages::text, d.text
              from demonstration d
              join prompt q on q.id = d.prompt_id
             where d.project_id = ? and d.split = ? and d.id <= ? and d.created_at <= ?
             order by d.id""";

    private static final String DOCUMENTS = """
            select d.text
              from demonstration d
             where d.prompt_id is null and d.project_id = ? and d.split = ? and d.id <= ? and d.created_at <= ?
             order by d.id""";

    private final Scope scope;

    private AnswerPasses(Scope scope) {
        this.scope = scope;
    }

    /** Answers with the label that people gave them. */
    static List<Pass> judged(Scope scope) {
        AnswerPasses passes = new AnswerPasses(scope);
        boolean both = scope.request().ties().equals(ExportRequest.BOTH);
        return List.of(
                new QueryPass(JUDGED, List.of(both, scope.project(), scope.split()), both ? 0 : 1, passes::judged),
                new QueryPass(IMPORTED, List.of(scope.project(), scope.split()), 2, passes::importedPair));
    }

    /** Answers to imitate: what reviewers wrote, and what they chose over everything beside it. */
    static List<Pass> demonstrations(Scope scope) {
        AnswerPasses passes = new AnswerPasses(scope);
        List<Pass> all = new ArrayList<>(rewrites(scope));
        all.add(new QueryPass(CHOSEN, List.of(scope.project(), scope.split()), 1, passes::chosen));
        all.add(new QueryPass(IMPORTED, List.of(scope.project(), scope.split()), 1, passes::importedAnswer));
        all.add(imported(scope, UpTo.NOW));
        return all;
    }

    /** Which of the imported demonstrations and documents: those up to an id that were there at a moment. */
    record UpTo(long id, OffsetDateTime moment) {
        static final UpTo NOW = new UpTo(Long.MAX_VALUE, OffsetDateTime.MAX);

        static UpTo id(long id) {
            return new UpTo(id, OffsetDateTime.MAX);
        }

        static UpTo moment(Instant moment) {
            return new UpTo(Long.MAX_VALUE, moment.atOffset(ZoneOffset.UTC));
        }
    }

    /** Answers that an import brought to be learned as they are. */
    static Pass imported(Scope scope, UpTo upTo) {
        return new QueryPass(IMPORTED_DEMONSTRATIONS,
                List.of(scope.project(), scope.split(), upTo.id(), upTo.moment()), 1,
                new AnswerPasses(scope)::demonstration);
    }

    /** Texts that an import brought. */
    static Pass documents(Scope scope, UpTo upTo) {
        return new QueryPass(DOCUMENTS, List.of(scope.project(), scope.split(), upTo.id(), upTo.moment()), 1,
                (from, out) -> out.take(scope.row(null, new String[0], ImportedPairs.AS_GIVEN, from.getString(1))));
    }

    /** What reviewers wrote. */
    static List<Pass> rewrites(Scope scope) {
        Object[][] named = scope.named(Rewrite.class);
        return named[0].length == 0 ? List.of() : List.of(new QueryPass(WRITTEN.formatted(scope.ratings()),
                List.of(named[0], named[1], scope.project(), scope.split()), 1, new AnswerPasses(scope)::rewrite));
    }

    private boolean judged(ResultSet from, Row out) throws SQLException, IOException {
        double net = from.getDouble(4);
        String[] ratings = (String[]) from.getArray(6).getArray();
        if (net != 0) {
            return out.take(judgement(from, net > 0, Math.abs(net) / from.getLong(5), ratings));
        }
        return out.take(judgement(from, true, 0.5, ratings)) && out.take(judgement(from, false, 0.5, ratings));
    }

    private Object[] judgement(ResultSet from, boolean good, double weight, String[] ratings) throws SQLException {
        return scope.row(from.getLong(1), ratings, NET_WEIGHT, from.getString(2), from.getString(3), good, weight,
                "rating");
    }

    private boolean importedPair(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(imported(from, 3, true)) && out.take(imported(from, 4, false));
    }

    private Object[] imported(ResultSet from, int answer, boolean good) throws SQLException {
        return scope.row(from.getLong(1), new String[0], from.getString(6), from.getString(2), from.getString(answer),
                good, from.getDouble(5), from.getString(7));
    }

    private boolean importedAnswer(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(scope.row(from.getLong(1), new String[0], from.getString(6), from.getString(2),
                from.getString(3), from.getString(7)));
    }

    private boolean demonstration(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(scope.row(from.getLong(1), new String[0], ImportedPairs.AS_GIVEN, from.getString(2),
                from.getString(3), DEMONSTRATION));
    }

    private boolean rewrite(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(scope.row(from.getLong(1), new String[] {from.getString(4)}, MeanStrength.NAME,
                from.getString(2), from.getString(3), REWRITE));
    }

    private boolean chosen(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(scope.row(from.getLong(1), (String[]) from.getArray(5).getArray(), from.getString(4),
                from.getString(2), from.getString(3), "chosen"));
    }
}
