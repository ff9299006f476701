package dev.ratchet.dataset;

import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/** Counts pairs. */
@ApplicationScoped
public class PairCounts {
    private final EntityManager entities;

    PairCounts(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Training pairs with a rating, or a newer revision of one, that no snapshot holds: what the retraining loop waits
     * for. A withdrawal alone is nothing new to learn from.
     */
    @Transactional
    public long newTrainPairsSinceLastSnapshot(Project project) {
        return ((Number) entities.createNativeQuery("""
                        select count(*) from pair p
                         where p.project_id = :project and p.split = 'train' and p.source = 'rating'
                           and exists (select 1 from counted_rating d
                                        where d.task_id = p.task_id
                                          and not exists (select 1 from snapshot_rating s
                                                           where s.rating_id = d.rating_id
                                                             and s.revision >= d.revision))""")
                .setParameter("project", project.id)
                .getSingleResult()).longValue();
    }

    /** Whether the project has a pair to train on. */
    @Transactional
    public boolean any(Project project) {
        return Pair.count("projectId = ?1 and split = 'train'", project.id) > 0;
    }

    /** When a pair of a project was last made or changed; empty if it has none. */
    @Transactional
    public Optional<Instant> lastChange(Project project) {
        return Optional.ofNullable(entities.createQuery(
                        "select max(p.updatedAt) from Pair p where p.projectId = :project", Instant.class)
                .setParameter("project", project.id)
                .getSingleResult());
    }

    /** How many ratings of a snapshot were retracted after it was made. */
    @Transactional
    public long retractedSince(long snapshot) {
        return ((Number) entities.createNativeQuery("select count(*) from snapshot_rating s join retracted_rating x"
                        + " on x.rating_id = s.rating_id and x.revision > s.revision where s.snapshot_id = :snapshot")
                .setParameter("snapshot", snapshot)
                .getSingleResult()).longValue();
    }
}
