package dev.ratchet.dataset.export;

import dev.ratchet.dataset.MeanStrength;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Preference rows of what ratings say now: the project's pairs, or what each comparison says by another policy. */
final class PreferencePasses {
    private static final String MAJORITY = "majority-v1";
    private static final String EACH = "each-rating-v1";

    /** Pairs in the order of their ids, which an index has: the first row leaves at once. */
    private static final String PAIRS = """
            select p.id, p.source, p.prompt_id, q.messages::text, c.text, r.text, p.weight, p.margin, p.aggregation,
                   array(select d.rating_id::text
                           from counted_rating d
                           join delivered_comparison x on x.rating_id = d.rating_id
                          where d.task_id = p.task_id
                            and x.first_response_id = least(p.chosen_response_id, p.rejected_response_id)
                            and x.second_response_id = greatest(p.chosen_response_id, p.rejected_response_id)
                          order by d.rating_id)
              from pair p
              join prompt q on q.id = p.prompt_id
              join response c on c.id = p.chosen_response_id
              join response r on r.id = p.rejected_response_id
             where p.project_id = ? and p.split = ? and (? or p.source <> 'rating')
             order by p.id""";

    /** What the ratings of a task say of each two of its responses. */
    private static final String COMPARISONS = """
            select t.prompt_id, q.messages::text, f.text, s.text, v.strengths, v.bad, v.ratings
              from task t
              join prompt q on q.id = t.prompt_id
              join lateral (select x.first_response_id as first, x.second_response_id as second,
                                   array_agg(x.strength order by d.rating_id) as strengths,
                                   array_agg(x.both_bad order by d.rating_id) as bad,
                                   array_agg(d.rating_id::text order by d.rating_id) as ratings
                              from counted_rating d
                              join delivered_comparison x on x.rating_id = d.rating_id
                             where d.task_id = t.id
                             group by 1, 2) v on true
              join response f on f.id = v.first
              join response s on s.id = v.second
             where t.project_id = ? and q.split = ? and t.purpose = 'rating'
               and (? or not exists (select 1 from pair p where p.task_id = t.id
                          and least(p.chosen_response_id, p.rejected_response_id) = v.first
                          and greatest(p.chosen_response_id, p.rejected_response_id) = v.second))
             order by t.id, v.first, v.second""";

    private final Scope scope;

    private PreferencePasses(Scope scope) {
        this.scope = scope;
    }

    static List<Pass> of(Scope scope) {
        PreferencePasses passes = new PreferencePasses(scope);
        boolean stored = scope.request().disagreement().equals(ExportRequest.MEAN_STRENGTH);
        List<Pass> all = new ArrayList<>();
        all.add(new QueryPass(PAIRS, List.of(scope.project(), scope.split(), stored), 1, passes::pair));
        if (!stored || scope.request().ties().equals(ExportRequest.BOTH)) {
            all.add(new QueryPass(COMPARISONS, List.of(scope.project(), scope.split(), !stored), 0,
                    passes::comparison));
        }
        return all;
    }

    private boolean pair(ResultSet from, Row out) throws SQLException, IOException {
        return out.take(scope.row(from.getLong(3), (String[]) from.getArray(10).getArray(), from.getString(9),
                from.getString(4), from.getString(5), from.getString(6), from.getDouble(7), from.getDouble(8),
                from.getString(2), from.getLong(1)));
    }

    private boolean comparison(ResultSet from, Row out) throws SQLException, IOException {
        Integer[] strengths = (Integer[]) from.getArray(5).getArray();
        Boolean[] bad = (Boolean[]) from.getArray(6).getArray();
        String[] ratings = (String[]) from.getArray(7).getArray();
        return switch (scope.request().disagreement()) {
            case ExportRequest.ALL -> {
                boolean more = true;
                for (int i = 0; more && i < strengths.length; i++) {
                    more = told(from, out, Integer.signum(strengths[i]), 1, new String[] {ratings[i]}, EACH);
                }
                yield more;
            }
            case ExportRequest.MAJORITY -> {
                int first = 0;
                int second = 0;
                for (int strength : strengths) {
                    first += strength > 0 ? 1 : 0;
                    second += strength < 0 ? 1 : 0;
                }
                yield told(from, out, Integer.compare(first, second),
                        (double) Math.max(first, second) / strengths.length, ratings, MAJORITY);
            }
            // What the stored pairs tell apart is among them already; the rest says neither.
            default -> told(from, out, 0, 0, ratings, MeanStrength.NAME);
        };
    }

    /** @param side above 0 where the first is better, below 0 where the second is, 0 for neither */
    private boolean told(ResultSet from, Row out, int side, double weight, String[] ratings, String aggregation)
            throws SQLException, IOException {
        if (side != 0) {
            return out.take(row(from, side > 0, weight, ratings, aggregation));
        }
        return !scope.request().ties().equals(ExportRequest.BOTH)
                || out.take(row(from, true, 0.5, ratings, aggregation))
                && out.take(row(from, false, 0.5, ratings, aggregation));
    }

    private Object[] row(ResultSet from, boolean first, double weight, String[] ratings, String aggregation)
            throws SQLException {
        return scope.row(from.getLong(1), ratings, aggregation, from.getString(2), from.getString(first ? 3 : 4),
                from.getString(first ? 4 : 3), weight, 0.0, "rating", null);
    }
}
