package dev.ratchet.training;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Runs by their number. */
@ApplicationScoped
class RunAddress implements OwnAddress {
    private final EntityManager entities;

    RunAddress(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public String kind() {
        return "runs";
    }

    @Override
    public Optional<String> projectOf(String id) {
        return OwnAddress.number(id).flatMap(number -> entities.createNativeQuery(
                        "select p.slug from run x join project p on p.id = x.project_id where x.id = :id", String.class)
                .setParameter("id", number)
                .getResultStream().map(String.class::cast).findFirst());
    }
}
