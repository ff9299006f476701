package dev.ratchet.dataset.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Shown;
import dev.ratchet.question.Spans;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Rows of whole ratings. */
final class RatingPasses {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RATINGS = """
            select r.id::text, r.revision, t.id, t.purpose, c.pseudonym::text, r.instructions_version, t.prompt_id,
                   q.messages::text, a.shown,
                   (select json_agg(json_build_object('response_id', s.id, 'model', v.name, 'text', s.text)
                                    order by array_position(a.shown, s.id))
                      from response s
                      left join model_version v on v.id = s.version_id
                     where s.id = any(a.shown))::text,
                   r.answers::text, r.active_millis,
                   to_char(r.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              from task t
              join prompt q on q.id = t.prompt_id
              %s
              join account c on c.id = r.account_id
             where t.project_id = ? and q.split = ?
             order by t.id, r.id""";

    private final Scope scope;

    private RatingPasses(Scope scope) {
        this.scope = scope;
    }

    static List<Pass> of(Scope scope) {
        return List.of(new QueryPass(RATINGS.formatted(scope.ratings()), List.of(scope.project(), scope.split()), 1,
                new RatingPasses(scope)::rating));
    }

    private boolean rating(ResultSet from, Row out) throws SQLException, IOException {
        Long[] shown = (Long[]) from.getArray(9).getArray();
        Questions asked = scope.questions().get(from.getInt(6));
        ObjectNode answers = (ObjectNode) JSON.readTree(from.getString(11));
        String comparisons = comparisons(asked, answers, shown).toString();
        if (!scope.request().freeText()) {
            asked.list().forEach(question -> withoutFreeText(question, answers));
        }
        return out.take(scope.row(from.getLong(7), new String[] {from.getString(1)}, "none", from.getString(1),
                from.getLong(2), from.getLong(3), from.getString(4), from.getString(5), from.getLong(6),
                from.getString(8), from.getString(10), answers.toString(), comparisons, from.getLong(12),
                from.getString(13)));
    }

    private static ArrayNode comparisons(Questions asked, JsonNode answers, Long[] shown) {
        ArrayNode all = JSON.createArrayNode();
        for (Comparison said : said(asked, answers, shown)) {
            all.addObject().put("first", said.first()).put("second", said.second()).put("strength", said.strength())
                    .put("both_bad", said.bothBad());
        }
        return all;
    }

    /** What a rating says of which response is better. */
    static List<Comparison> said(Questions asked, JsonNode answers, Long[] shown) {
        return asked.comparisons(answers, new Shown(List.of(shown), Collections.nCopies(shown.length, "")));
    }

    /** Takes out what somebody typed: a text, the reason of a mark. */
    private static void withoutFreeText(Question question, ObjectNode answers) {
        if (question instanceof FreeText) {
            answers.remove(question.name());
        } else if (question instanceof Rewrite && answers.get(question.name()) instanceof ObjectNode rewrite) {
            rewrite.remove("text");
        } else if (question instanceof Spans && answers.has(question.name())) {
            answers.get(question.name()).forEach(mark -> ((ObjectNode) mark).remove("reason"));
        }
    }
}
