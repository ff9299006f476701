package dev.ratchet.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.TreeMap;

/** Counts what depends on each version of a project's instructions. */
@ApplicationScoped
class InstructionsUse {
    private final EntityManager entities;

    InstructionsUse(EntityManager entities) {
        this.entities = entities;
    }

    /** Current ratings by the version that they answered. */
    Map<Integer, Long> ratings(long project) {
        return counts("""
                select r.instructions_version, count(*)
                  from rating r join task t on t.id = r.task_id
                 where t.project_id = :project and not r.withdrawn
                   and not exists (select 1 from rating n where n.id = r.id and n.revision > r.revision)
                 group by 1""", project);
    }

    /** Leases that are open now, by the version that they show. */
    Map<Integer, Long> leases(long project) {
        return counts("""
                select a.instructions_version, count(*)
                  from assignment a join task t on t.id = a.task_id
                 where t.project_id = :project and a.status = 'leased' and a.expires_at > now()
                 group by 1""", project);
    }

    /** Open tasks by how many responses they have. */
    Map<Integer, Long> tasksByResponses(long project) {
        return counts("""
                select n, count(*)
                  from (select count(*) as n from task t join task_response r on r.task_id = t.id
                         where t.project_id = :project and t.status = 'open' group by t.id) s
                 group by n""", project);
    }

    private Map<Integer, Long> counts(String sql, long project) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (Object row : entities.createNativeQuery(sql).setParameter("project", project).getResultList()) {
            Object[] cells = (Object[]) row;
            counts.put(((Number) cells[0]).intValue(), ((Number) cells[1]).longValue());
        }
        return counts;
    }
}
