package dev.ratchet.registry;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Versions of models by their number. */
@ApplicationScoped
class VersionAddress implements OwnAddress {
    private final EntityManager entities;

    VersionAddress(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public String kind() {
        return "versions";
    }

    @Override
    public Optional<String> projectOf(String id) {
        return OwnAddress.number(id).flatMap(number -> entities.createNativeQuery(
                        "select p.slug from model_version x join project p on p.id = x.project_id where x.id = :id", String.class)
                .setParameter("id", number)
                .getResultStream().map(String.class::cast).findFirst());
    }
}
