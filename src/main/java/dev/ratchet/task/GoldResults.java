package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.platform.Language;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How reviewers answered the tasks whose right answers are known.
 *
 * <p>What counts is the rating that stands. Where a project tells its reviewers what was expected, it is the first one:
 * a second thought knows the answer.
 */
@ApplicationScoped
public class GoldResults {
    private static final int EXCERPT = 160;

    private final EntityManager entities;
    private final ObjectMapper json;
    private final Language language;

    GoldResults(EntityManager entities, ObjectMapper json, Language language) {
        this.entities = entities;
        this.json = json;
        this.language = language;
    }

    /** All results of a project, oldest first; gold and calibration. */
    @Transactional
    public List<GoldResult> of(long project) {
        return read(project, null, Instant.EPOCH);
    }

    /** The results of one reviewer in a project, oldest first; gold and calibration. */
    @Transactional
    public List<GoldResult> of(long project, long account) {
        return read(project, account, Instant.EPOCH);
    }

    /** The reviewer's results of checks that they finished since. */
    List<GoldResult> since(long project, long account, Instant since) {
        return read(project, account, since);
    }

    /** The result of a rating that was just given; empty if its task is no gold task. */
    Optional<GoldResult> ofRating(long project, long account, UUID rating) {
        return read(project, account, Instant.EPOCH).stream()
                .filter(result -> result.ratingId().equals(rating) && result.purpose().equals(Task.GOLD)).findFirst();
    }

    private List<GoldResult> read(long project, Long account, Instant since) {
        var query = entities.createNativeQuery("""
                        select t.id, t.purpose, r.account_id, r.id, a.finished_at, cast(r.answers as text),
                               array_to_string(a.shown, ','),
                               (select string_agg(cast(s.response_id as text), ',' order by s.position)
                                  from task_response s where s.task_id = t.id),
                               cast(g.answers as text), cast(i.questions as text), g.explanation,
                               left(p.messages -> -1 ->> 'content', :excerpt)
                          from task t
                          join gold_answer g on g.task_id = t.id
                          join prompt p on p.id = t.prompt_id
                          join assignment a on a.task_id = t.id and a.status = 'rated'
                          cross join lateral (
                               (select * from rating f where f.assignment_id = a.id and :first and t.purpose = 'gold'
                                 order by f.created_at, f.revision limit 1)
                               union all
                               (select * from rating l where l.assignment_id = a.id
                                   and not (:first and t.purpose = 'gold')
                                 order by l.created_at desc, l.revision desc limit 1)) r
                          join instructions i on i.project_id = t.project_id and i.version = r.instructions_version
                         where t.project_id = :project and t.purpose <> 'rating' and a.finished_at >= :since%s
                         order by a.finished_at, t.id""".formatted(account == null ? "" : " and a.account_id = :account"))
                .setParameter("project", project)
                .setParameter("since", since)
                .setParameter("first", Routing.of(project).goldFeedback())
                .setParameter("excerpt", EXCERPT);
        List<?> rows = (account == null ? query : query.setParameter("account", account)).getResultList();
        return rows.stream().map(row -> result((Object[]) row)).toList();
    }

    private GoldResult result(Object[] row) {
        Questions questions = read(row[9], Questions.class);
        JsonNode given = read(row[5], JsonNode.class);
        JsonNode expected = read(row[8], JsonNode.class);
        List<Long> shown = ids(row[6]);
        List<Long> positions = ids(row[7]);
        RatingMessages words = language.messages(RatingMessages.class);
        return new GoldResult(((Number) row[0]).longValue(), (String) row[1], ((Number) row[2]).longValue(),
                (UUID) row[3], (Instant) row[4], Correctness.of(questions, expected, positions, given, shown),
                AnswerSummary.of(words, questions, turned(questions, expected, positions, shown), shown),
                AnswerSummary.of(words, questions, given, shown), (String) row[11], (String) row[10]);
    }

    /** The right answers as if they had been given to the responses in the order shown. */
    private static JsonNode turned(Questions questions, JsonNode expected, List<Long> positions, List<Long> shown) {
        JsonNode turned = expected.deepCopy();
        if (!shown.get(0).equals(positions.get(0))) {
            questions.list().stream().filter(Preference.class::isInstance)
                    .map(question -> turned.path(question.name())).filter(answer -> answer.has("strength"))
                    .forEach(answer -> ((ObjectNode) answer).put("strength", -answer.get("strength").intValue()));
        }
        return turned;
    }

    private static List<Long> ids(Object text) {
        return Arrays.stream(((String) text).split(",")).map(Long::valueOf).toList();
    }

    private <T> T read(Object text, Class<T> type) {
        try {
            return json.readValue((String) text, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What is stored is not what was written", failure);
        }
    }
}
