package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.platform.Language;
import dev.ratchet.project.Instructions;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Each check with the rating that counts of each of its reviewers: {@code t}, {@code g}, {@code a} and {@code r}.
     */
    private static final String CHECKS = """
             from task t
             join gold_answer g on g.task_id = t.id
             join assignment a on a.task_id = t.id and a.status = 'rated'
             cross join lateral (
                  (select * from rating f where f.assignment_id = a.id and :first and t.purpose = 'gold'
                    order by f.created_at, f.revision limit 1)
                  union all
                  (select * from rating l where l.assignment_id = a.id and not (:first and t.purpose = 'gold')
                    order by l.created_at desc, l.revision desc limit 1)) r""";

    private static final String POSITIONS = """
            (select string_agg(cast(s.response_id as text), ',' order by s.position)
               from task_response s where s.task_id = t.id)""";

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

    /**
     * What the project's gold tasks say of its reviewers, oldest first. A newcomer's round is left out: who passes it
     * has passed because of its answers, and who fails learns from them.
     */
    @Transactional
    public List<GoldMark> marks(long project) {
        return marks(project, null);
    }

    /** What the project's gold tasks say of one reviewer, oldest first. */
    @Transactional
    public List<GoldMark> marks(long project, long account) {
        return marks(project, Long.valueOf(account));
    }

    private List<GoldMark> marks(long project, Long account) {
        Map<Integer, Questions> asked = asked(project);
        var query = entities.createNativeQuery("""
                        select t.id, r.account_id, c.pseudonym, r.instructions_version, r.created_at,
                               cast(r.answers as text), array_to_string(a.shown, ','), %s, cast(g.answers as text)
                          %s join account c on c.id = r.account_id
                         where t.project_id = :project and t.purpose = 'gold'%s
                         order by r.created_at, t.id, r.account_id""".formatted(POSITIONS, CHECKS, by(account)))
                .setParameter("project", project)
                .setParameter("first", Routing.of(project).goldFeedback());
        List<GoldMark> marks = new ArrayList<>();
        for (Object row : (account == null ? query : query.setParameter("account", account)).getResultList()) {
            mark((Object[]) row, asked).ifPresent(marks::add);
        }
        return marks;
    }

    /** Empty where nothing that was asked has a known answer. */
    private Optional<GoldMark> mark(Object[] row, Map<Integer, Questions> asked) {
        int version = ((Number) row[3]).intValue();
        Correctness judged = Correctness.of(asked.get(version), read(row[8], JsonNode.class), ids(row[7]),
                read(row[5], JsonNode.class), ids(row[6]));
        return judged.right().isEmpty() ? Optional.empty() : Optional.of(new GoldMark(((Number) row[0]).longValue(),
                ((Number) row[1]).longValue(), (UUID) row[2], version, (Instant) row[4], judged.found(),
                judged.sides()));
    }

    private static Map<Integer, Questions> asked(long project) {
        Map<Integer, Questions> asked = new HashMap<>();
        Instructions.<Instructions>list("projectId", project)
                .forEach(told -> asked.put(told.version, told.questions));
        return asked;
    }

    private static String by(Long account) {
        return account == null ? "" : " and a.account_id = :account";
    }

    private List<GoldResult> read(long project, Long account, Instant since) {
        Map<Integer, Questions> asked = asked(project);
        var query = entities.createNativeQuery("""
                        select t.id, t.purpose, r.account_id, r.id, a.finished_at, cast(r.answers as text),
                               array_to_string(a.shown, ','), %s, cast(g.answers as text), r.instructions_version,
                               g.explanation, left(p.messages -> -1 ->> 'content', :excerpt)
                          %s join prompt p on p.id = t.prompt_id
                         where t.project_id = :project and t.purpose <> 'rating' and a.finished_at >= :since%s
                         order by a.finished_at, t.id""".formatted(POSITIONS, CHECKS, by(account)))
                .setParameter("project", project)
                .setParameter("since", since)
                .setParameter("first", Routing.of(project).goldFeedback())
                .setParameter("excerpt", EXCERPT);
        List<?> rows = (account == null ? query : query.setParameter("account", account)).getResultList();
        return rows.stream().map(row -> result((Object[]) row, asked)).toList();
    }

    private GoldResult result(Object[] row, Map<Integer, Questions> asked) {
        Questions questions = asked.get(((Number) row[9]).intValue());
        JsonNode given = read(row[5], JsonNode.class);
        JsonNode expected = read(row[8], JsonNode.class);
        List<Long> shown = ids(row[6]);
        List<Long> positions = ids(row[7]);
        RatingMessages words = language.messages(RatingMessages.class);
        return new GoldResult(((Number) row[0]).longValue(), (String) row[1], ((Number) row[2]).longValue(),
                (UUID) row[3], (Instant) row[4], Correctness.of(questions, expected, positions, given, shown).right(),
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
