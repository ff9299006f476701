package dev.ratchet.evaluation;

import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.task.Retraction;
import dev.ratchet.task.Retractions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says how far retracted ratings reached: the pairs, snapshots and versions that were made from them. */
@ApplicationScoped
public class RetractionEffects {
    private final Lineage lineage;
    private final Retractions retractions;
    private final EntityManager entities;

    RetractionEffects(Lineage lineage, Retractions retractions, EntityManager entities) {
        this.lineage = lineage;
        this.retractions = retractions;
        this.entities = entities;
    }

    /**
     * What ratings have a part in.
     *
     * @param ratings how many they are
     * @param pairs pairs of now that are made from one of them
     * @param snapshots every snapshot that holds one of them, for ever
     * @param versions every version that was trained on such a snapshot, or made from such a version: to be rebuilt
     */
    public record Effect(
            long ratings, long pairs, List<Lineage.SnapshotStep> snapshots, List<Lineage.VersionStep> versions) {

        /** Whether the version that is served now learned from them. */
        public boolean isChampion() {
            return versions.stream().anyMatch(Lineage.VersionStep::champion);
        }
    }

    /** A retraction with what it reached. */
    public record RetractionJson(
            long id, UUID ratingId, UUID reviewer, UUID author, String reason, boolean reopened, Instant createdAt,
            Effect effect) {}

    /** What retracting all standing ratings of a reviewer would reach. */
    @Transactional
    public Effect ofReviewer(Project project, Account reviewer) {
        return of(retractions.standing(project, reviewer));
    }

    /** What ratings reach. */
    @Transactional
    public Effect of(List<UUID> ratings) {
        Lineage.OfRatings reached = lineage.ofRatings(ratings);
        return new Effect(ratings.size(), pairs(ratings), reached.snapshots(), reached.versions());
    }

    /** A retraction as programs see it: people by their pseudonyms. */
    @Transactional
    public RetractionJson of(Retraction retraction) {
        return new RetractionJson(retraction.id, retraction.ratingId, pseudonym(retraction.accountId),
                pseudonym(retraction.authorId), retraction.reason, retraction.reopened, retraction.createdAt,
                of(retractions.ratings(retraction)));
    }

    private long pairs(List<UUID> ratings) {
        return ((Number) entities.createNativeQuery("""
                        select count(distinct p.id)
                          from unnest(cast(string_to_array(:ratings, ',') as uuid[])) as x(id)
                          join counted_rating d on d.rating_id = x.id
                          join delivered_comparison c on c.rating_id = d.rating_id
                          join pair p on p.task_id = d.task_id
                           and least(p.chosen_response_id, p.rejected_response_id) = c.first_response_id
                           and greatest(p.chosen_response_id, p.rejected_response_id) = c.second_response_id""")
                .setParameter("ratings", ratings.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .getSingleResult()).longValue();
    }

    private static UUID pseudonym(long account) {
        return Account.<Account>findById(account).pseudonym;
    }
}
