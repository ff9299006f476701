package dev.ratchet.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Question;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Spans;
import dev.ratchet.task.GoldMark;
import dev.ratchet.task.GoldResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the figures are computed from: the newest ratings themselves, and counts over all of them. */
@ApplicationScoped
class RatingReader {
    /** Holds wherever {@code r} is a rating, {@code t} its task, and the parameters of {@link #narrowed} are set. */
    private static final String STANDING = """
             where t.project_id = :project and not r.withdrawn
               and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
               and r.created_at >= :since and r.created_at < :until
               and (:version = 0 or r.instructions_version = :version)
               and (:everybody or r.account_id in (:reviewers))""";

    private final GoldResults gold;
    private final EntityManager entities;
    private final ObjectMapper json;

    RatingReader(GoldResults gold, EntityManager entities, ObjectMapper json) {
        this.gold = gold;
        this.entities = entities;
        this.json = json;
    }

    /** Changes whenever a rating is given, changed or taken back, a task is made or checked, or who or what counts. */
    String state(Project project, QualityFilter filter) {
        Object[] row = (Object[]) entities.createNativeQuery("""
                        select (select count(*) from rating r join task t on t.id = r.task_id
                                 where t.project_id = :project),
                               (select count(*) from task t where t.project_id = :project),
                               (select count(*) from task t where t.project_id = :project and t.status = 'open'),
                               (select max(g.created_at) from gold_answer g join task t on t.id = g.task_id
                                 where t.project_id = :project),
                               (select gold_feedback from routing where project_id = :project)""")
                .setParameter("project", project.id).getSingleResult();
        return Arrays.toString(row) + project.instructionsVersion + reviewers(project, filter);
    }

    /** The newest standing ratings that the filter lets through, {@code most} at most. */
    RatingSample sample(Project project, QualityFilter filter, int most) {
        Map<Integer, Instructions> instructions = new LinkedHashMap<>();
        Instructions.history(project).forEach(told -> instructions.put(told.version, told));
        Set<Long> among = reviewers(project, filter);
        List<?> rows = narrowed("""
                with newest as materialized (
                    select r.id, r.revision, count(*) over () as total
                      from rating r join task t on t.id = r.task_id""" + "\n" + STANDING + """

                     order by r.created_at desc, r.id
                     limit :most)
                select r.task_id, r.account_id, cast(r.answers - cast(:texts as text[]) as text), r.active_millis,
                       r.instructions_version, r.created_at, a.shown, n.total
                  from newest n
                  join rating r on r.id = n.id and r.revision = n.revision
                  join assignment a on a.id = r.assignment_id""", project, filter, among)
                .setParameter("texts", texts(instructions.values())).setParameter("most", most).getResultList();
        long total = rows.isEmpty() ? 0 : ((Number) ((Object[]) rows.get(0))[7]).longValue();
        List<StandingRating> ratings = new ArrayList<>(rows.stream().map(row -> rating((Object[]) row)).toList());
        ratings.sort(Comparator.comparing(StandingRating::at).thenComparing(StandingRating::task)
                .thenComparing(StandingRating::reviewer));
        return new RatingSample(ratings, total, instructions, checks(project),
                gold(project, filter, among), names(ratings.stream().map(StandingRating::reviewer).toList()));
    }

    /** Names of questions whose answers are long and give no figure, as a PostgreSQL array. */
    private static String texts(Collection<Instructions> instructions) {
        Set<String> names = new LinkedHashSet<>();
        instructions.forEach(told -> told.questions.list().stream().filter(RatingReader::isText)
                .map(Question::name).forEach(names::add));
        // What one version asks as free text may be a scale in another.
        instructions.forEach(told -> told.questions.list().stream().filter(question -> !isText(question))
                .map(Question::name).forEach(names::remove));
        return "{" + String.join(",", names) + "}";
    }

    private static boolean isText(Question question) {
        return question instanceof FreeText || question instanceof Rewrite || question instanceof Spans;
    }

    private StandingRating rating(Object[] row) {
        return new StandingRating(((Number) row[0]).longValue(), ((Number) row[1]).longValue(), read((String) row[2]),
                ((Number) row[3]).longValue(), ((Number) row[4]).intValue(), instant(row[5]), longs(row[6]));
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalStateException("PostgreSQL gave JSON that cannot be read", wrong);
        }
    }

    private Set<Long> checks(Project project) {
        Set<Long> checks = new HashSet<>();
        entities.createNativeQuery("select id from task where project_id = :project and purpose <> 'rating'")
                .setParameter("project", project.id).getResultList()
                .forEach(id -> checks.add(((Number) id).longValue()));
        return checks;
    }

    private List<GoldMark> gold(Project project, QualityFilter filter, Set<Long> among) {
        return gold.marks(project.id).stream()
                .filter(mark -> among == null || among.contains(mark.accountId()))
                .filter(mark -> filter.version() == null || filter.version() == mark.version())
                .filter(mark -> !mark.ratedAt().isBefore(filter.since()) && mark.ratedAt().isBefore(filter.until()))
                .toList();
    }

    /** Ratings by day and reviewer: of each assignment the day on which it was finished, whatever was edited later. */
    List<Throughput.Count> throughput(Project project, QualityFilter filter) {
        List<?> rows = narrowed("""
                select cast(a.finished_at at time zone :zone as date), a.account_id, count(*)
                  from assignment a join task t on t.id = a.task_id
                 where t.project_id = :project and a.status = 'rated'
                   and a.finished_at >= :since and a.finished_at < :until
                   and (:version = 0 or a.instructions_version = :version)
                   and (:everybody or a.account_id in (:reviewers))
                 group by 1, 2 order by 1, 2""", project, filter, reviewers(project, filter))
                .setParameter("zone", filter.zoneName()).getResultList();
        return rows.stream().map(row -> (Object[]) row).map(row -> new Throughput.Count(
                day(row[0]), ((Number) row[1]).longValue(), ((Number) row[2]).longValue())).toList();
    }

    /** Tasks by the day on which they were made. Checks of reviewers are no work that is left. */
    SortedMap<LocalDate, Long> created(Project project, QualityFilter filter) {
        return byDay("""
                select cast(t.created_at at time zone :zone as date), count(*)
                  from task t where t.project_id = :project and t.purpose = 'rating' group by 1""", project, filter);
    }

    /** Complete tasks by the day of their last rating. */
    SortedMap<LocalDate, Long> completed(Project project, QualityFilter filter) {
        return byDay("""
                select cast(last at time zone :zone as date), count(*)
                  from (select max(a.finished_at) as last
                          from task t join assignment a on a.task_id = t.id
                         where t.project_id = :project and t.purpose = 'rating' and t.status = 'complete'
                           and a.status = 'rated'
                         group by t.id) finished
                 group by 1""", project, filter);
    }

    long open(Project project) {
        return ((Number) entities.createNativeQuery("""
                select count(*) from task
                 where project_id = :project and purpose = 'rating' and status = 'open'""")
                .setParameter("project", project.id).getSingleResult()).longValue();
    }

    private SortedMap<LocalDate, Long> byDay(String sql, Project project, QualityFilter filter) {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        for (Object row : entities.createNativeQuery(sql).setParameter("project", project.id)
                .setParameter("zone", filter.zoneName()).getResultList()) {
            Object[] cells = (Object[]) row;
            days.put(day(cells[0]), ((Number) cells[1]).longValue());
        }
        return days;
    }

    /** Display names by account; an account is never deleted while ratings name it. */
    Map<Long, String> names(Collection<Long> accounts) {
        Map<Long, String> names = new HashMap<>();
        if (!accounts.isEmpty()) {
            for (Object row : entities.createNativeQuery("select id, display_name from account where id in (:ids)")
                    .setParameter("ids", Set.copyOf(accounts)).getResultList()) {
                Object[] cells = (Object[]) row;
                names.put(((Number) cells[0]).longValue(), (String) cells[1]);
            }
        }
        return names;
    }

    /** Whose ratings count; null for everybody's. */
    private Set<Long> reviewers(Project project, QualityFilter filter) {
        if (filter.reviewers() == null) {
            return null;
        }
        boolean group = filter.reviewers().startsWith("group:");
        String value = filter.reviewers().substring(filter.reviewers().indexOf(':') + 1);
        Query query = group
                ? entities.createNativeQuery("""
                        select m.account_id from reviewer_group_member m join reviewer_group g on g.id = m.group_id
                         where g.project_id = :project and g.id = :value""").setParameter("value", Long.valueOf(value))
                : entities.createNativeQuery("""
                        select account_id from project_member
                         where project_id = :project and :value = any(tags)
                        union
                        select m.account_id from reviewer_group_member m join reviewer_group g on g.id = m.group_id
                         where g.project_id = :project and :value = any(g.tags)""").setParameter("value", value);
        Set<Long> accounts = new LinkedHashSet<>();
        query.setParameter("project", project.id).getResultList()
                .forEach(id -> accounts.add(((Number) id).longValue()));
        return accounts;
    }

    private Query narrowed(String sql, Project project, QualityFilter filter, Set<Long> among) {
        return entities.createNativeQuery(sql)
                .setParameter("project", project.id)
                .setParameter("since", filter.since())
                .setParameter("until", filter.until())
                .setParameter("version", Optional.ofNullable(filter.version()).orElse(0))
                .setParameter("everybody", among == null)
                // An empty list is no SQL; no account has this id.
                .setParameter("reviewers", among == null || among.isEmpty() ? Set.of(-1L) : among);
    }

    private static LocalDate day(Object value) {
        return value instanceof Date date ? date.toLocalDate() : (LocalDate) value;
    }

    private static Instant instant(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
    }

    private static List<Long> longs(Object array) {
        return Arrays.stream((Object[]) array).map(id -> ((Number) id).longValue()).toList();
    }
}
