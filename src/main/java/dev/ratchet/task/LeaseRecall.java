package dev.ratchet.task;

import dev.ratchet.project.TeamChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.time.Clock;

/** Takes open leases back from who may not rate in a closed project any more: their tasks go to others at once. */
@ApplicationScoped
class LeaseRecall {
    private final EntityManager entities;
    private final Clock clock;

    LeaseRecall(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    void recall(@Observes TeamChanged changed) {
        entities.createNativeQuery("""
                        update assignment x set expires_at = :now
                          from task t, project p, account a
                         where t.id = x.task_id and p.id = t.project_id and a.id = x.account_id
                           and p.id = :project and not p.open and a.role <> 'administrator'
                           and x.status = 'leased' and x.expires_at > :now and not exists
                               (select 1 from project_member m where m.project_id = p.id and m.account_id = a.id)""")
                .setParameter("now", clock.instant())
                .setParameter("project", changed.projectId())
                .executeUpdate();
    }
}
