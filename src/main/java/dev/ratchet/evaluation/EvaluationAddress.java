package dev.ratchet.evaluation;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Evaluations by their number. */
@ApplicationScoped
class EvaluationAddress implements OwnAddress {
    private final EntityManager entities;

    EvaluationAddress(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public String kind() {
        return "evaluations";
    }

    @Override
    public Optional<String> projectOf(String id) {
        return OwnAddress.number(id).flatMap(number -> entities.createNativeQuery(
                        "select p.slug from evaluation x join project p on p.id = x.project_id where x.id = :id", String.class)
                .setParameter("id", number)
                .getResultStream().map(String.class::cast).findFirst());
    }
}
