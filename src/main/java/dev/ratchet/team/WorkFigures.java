package dev.ratchet.team;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.question.Comparison;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Shown;
import dev.ratchet.stats.Consensus;
import dev.ratchet.stats.Proportions;
import dev.ratchet.stats.SideBias;
import dev.ratchet.stats.UnitRating;
import dev.ratchet.task.GoldMark;
import dev.ratchet.task.GoldResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes what a reviewer's page shows, from the ratings that stand. */
@ApplicationScoped
public class WorkFigures {
    private static final int DAYS = 30;
    /** Of so many of the newest tasks agreement is computed, so that a year's work is read as fast as a week's. */
    private static final int LOOKED_AT = 2_000;
    /** The value of "both bad", beside 1 and -1 for a better answer and 0 for a tie. */
    private static final double BOTH_BAD = 2;

    /** Where {@code r} is the newest revision of a rating that stands. */
    private static final String STANDING = " not r.withdrawn and not exists"
            + " (select 1 from rating n where n.id = r.id and n.revision > r.revision)";

    private final GoldResults gold;
    private final EntityManager entities;
    private final ObjectMapper json;
    private final Clock clock;

    WorkFigures(GoldResults gold, EntityManager entities, ObjectMapper json, Clock clock) {
        this.gold = gold;
        this.entities = entities;
        this.json = json;
        this.clock = clock;
    }

    /** The figures of an account in a project; all of nothing where it rated nothing. */
    @Transactional
    public Work of(Project project, long account) {
        Object[] counts = (Object[]) entities.createNativeQuery("""
                        select (select count(*) from assignment a join task t on t.id = a.task_id
                                 where a.account_id = :account and a.status = 'rated' and t.project_id = :project),
                               (select coalesce(sum(r.active_millis), 0) from rating r join task t on t.id = r.task_id
                                 where r.account_id = :account and r.revision = 1 and t.project_id = :project)""")
                .setParameter("account", account)
                .setParameter("project", project.id)
                .getSingleResult();
        Looked looked = looked(project, account);
        return new Work(number(counts[0]), number(counts[1]), days(project.id, account), looked.tasks(),
                looked.consensus(), looked.side(), gold(project.id, account), median(project.id, account),
                median(project.id, null));
    }

    private Work.Gold gold(long project, long account) {
        List<GoldMark> marks = gold.marks(project, account);
        int right = (int) marks.stream().filter(GoldMark::right).count();
        return marks.isEmpty() ? null : new Work.Gold(right, marks.size(), Proportions.wilson(right, marks.size()));
    }

    /** Whether the account ever rated in the project. */
    boolean hasRated(long project, long account) {
        return !entities.createNativeQuery("select 1 from assignment a join task t on t.id = a.task_id"
                        + " where a.account_id = :account and a.status = 'rated' and t.project_id = :project limit 1")
                .setParameter("account", account)
                .setParameter("project", project)
                .getResultList().isEmpty();
    }

    private List<Work.Day> days(long project, long account) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate first = today.minusDays(DAYS - 1);
        Map<LocalDate, Long> counts = new HashMap<>();
        for (Object row : entities.createNativeQuery("""
                        select cast(r.created_at at time zone 'utc' as date), count(*)
                          from rating r join task t on t.id = r.task_id
                         where r.account_id = :account and r.revision = 1 and t.project_id = :project
                           and r.created_at >= :since
                         group by 1""")
                .setParameter("account", account)
                .setParameter("project", project)
                .setParameter("since", first.atStartOfDay().toInstant(ZoneOffset.UTC))
                .getResultList()) {
            Object[] cells = (Object[]) row;
            counts.put(cells[0] instanceof Date date ? date.toLocalDate() : (LocalDate) cells[0], number(cells[1]));
        }
        return first.datesUntil(today.plusDays(1)).map(day -> new Work.Day(day, counts.getOrDefault(day, 0L))).toList();
    }

    /** The median time of a task; a page without JavaScript measures none, which does not count. */
    private Long median(long project, Long account) {
        Object median = entities.createNativeQuery("""
                        select percentile_cont(0.5) within group (order by r.active_millis)
                          from rating r join task t on t.id = r.task_id
                         where t.project_id = :project and r.active_millis > 0
                           and (cast(:account as bigint) is null or r.account_id = :account) and""" + STANDING)
                .setParameter("project", project)
                .setParameter("account", account)
                .getSingleResult();
        return median == null ? null : Math.round(((Number) median).doubleValue());
    }

    /** What the newest tasks say. */
    private record Looked(int tasks, Consensus consensus, SideBias side) {}

    private Looked looked(Project project, long account) {
        Map<Integer, Questions> asked = new HashMap<>();
        Instructions.history(project).forEach(told -> asked.put(told.version, told.questions));
        List<UnitRating> ratings = new ArrayList<>();
        Set<Long> tasks = new HashSet<>();
        int left = 0;
        int choices = 0;
        for (Object row : entities.createNativeQuery("""
                        with newest as (
                            select a.task_id from assignment a join task t on t.id = a.task_id
                             where a.account_id = :account and a.status = 'rated' and t.project_id = :project
                             order by a.finished_at desc limit :most)
                        select r.task_id, r.account_id, cast(r.answers as text), array_to_string(a.shown, ','),
                               r.instructions_version
                          from rating r
                          join newest on newest.task_id = r.task_id
                          join assignment a on a.id = r.assignment_id
                         where""" + STANDING)
                .setParameter("account", account)
                .setParameter("project", project.id)
                .setParameter("most", LOOKED_AT)
                .getResultList()) {
            Object[] cells = (Object[]) row;
            long task = number(cells[0]);
            boolean mine = number(cells[1]) == account;
            List<Long> shown = ids(cells[3]);
            Questions questions = asked.get((Integer) cells[4]);
            List<Comparison> said = comparisons(questions, (String) cells[2], shown);
            if (mine) {
                tasks.add(task);
            }
            for (Comparison comparison : said) {
                ratings.add(new UnitRating(unit(task, comparison), cells[1].toString(), value(comparison)));
                if (mine && shown.size() == 2 && comparison.strength() != 0) {
                    choices++;
                    left += comparison.strength() > 0 == (comparison.first() == shown.get(0)) ? 1 : 0;
                }
            }
        }
        return new Looked(tasks.size(), Consensus.of(ratings).get(Long.toString(account)),
                choices == 0 ? null : SideBias.of(left, choices));
    }

    private static List<Long> ids(Object joined) {
        return Arrays.stream(((String) joined).split(",")).map(Long::valueOf).toList();
    }

    private List<Comparison> comparisons(Questions questions, String answers, List<Long> shown) {
        if (questions == null) {
            return List.of();
        }
        try {
            JsonNode read = json.readTree(answers);
            return questions.comparisons(read, new Shown(shown, shown.stream().map(id -> "").toList()));
        } catch (JsonProcessingException wrong) {
            throw new IllegalStateException("What is stored is not JSON", wrong);
        }
    }

    /** Two answers of a task are one unit, whoever saw them in which order. */
    private static String unit(long task, Comparison said) {
        return task + "/" + Math.min(said.first(), said.second()) + "/" + Math.max(said.first(), said.second());
    }

    private static double value(Comparison said) {
        int side = Integer.signum(said.strength());
        return said.bothBad() ? BOTH_BAD : said.first() < said.second() ? side : -side;
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
