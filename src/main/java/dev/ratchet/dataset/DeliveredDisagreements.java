package dev.ratchet.dataset;

import dev.ratchet.task.Disagreements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * Finds disagreements by the policy {@value #NAME}, whatever kind of question the comparisons came from. Of two
 * responses, the ratings of a complete task disagree if
 *
 * <ul>
 *   <li>some prefer the one and some the other, or
 *   <li>their strengths lie {@value #GAP} steps apart or more, as "much better" and a tie do, or
 *   <li>one says that both are bad, and another has a preference of {@value #STRONG} steps or more.
 * </ul>
 */
@ApplicationScoped
class DeliveredDisagreements implements Disagreements {
    static final String NAME = "disagreement-v1";

    private static final int GAP = 3;
    private static final int STRONG = 2;

    private static final String FROM = """
             from task t
            where t.project_id = :project and t.status = 'complete' and t.purpose = 'rating'
              and coalesce((select a.status from adjudication a where a.task_id = t.id
                             order by a.revision desc limit 1), 'open') = 'open'
              and exists (
                  select 1 from delivered_rating d join delivered_comparison c on c.rating_id = d.rating_id
                   where d.task_id = t.id and not d.withdrawn and d.kind = 'rating'
                   group by c.first_response_id, c.second_response_id
                  having min(c.strength) < 0 and max(c.strength) > 0
                      or max(c.strength) - min(c.strength) >= :gap
                      or bool_or(c.both_bad) and max(abs(c.strength)) >= :strong)""";

    private final EntityManager entities;

    DeliveredDisagreements(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public List<Long> open(long project, int limit) {
        List<?> rows = entities.createNativeQuery("select t.id" + FROM + " order by t.priority desc, t.id limit :limit")
                .setParameter("project", project)
                .setParameter("gap", GAP)
                .setParameter("strong", STRONG)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(id -> ((Number) id).longValue()).toList();
    }

    @Override
    public long count(long project) {
        return ((Number) entities.createNativeQuery("select count(*)" + FROM)
                .setParameter("project", project)
                .setParameter("gap", GAP)
                .setParameter("strong", STRONG)
                .getSingleResult()).longValue();
    }
}
