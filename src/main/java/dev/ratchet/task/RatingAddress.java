package dev.ratchet.task;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.UUID;

/** Ratings by their id. */
@ApplicationScoped
class RatingAddress implements OwnAddress {
    private final EntityManager entities;

    RatingAddress(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public String kind() {
        return "ratings";
    }

    @Override
    public Optional<String> projectOf(String id) {
        UUID rating;
        try {
            rating = UUID.fromString(id);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        return entities.createNativeQuery("select p.slug from rating r join task t on t.id = r.task_id"
                        + " join project p on p.id = t.project_id where r.id = :id limit 1", String.class)
                .setParameter("id", rating)
                .getResultStream().map(String.class::cast).findFirst();
    }
}
