package dev.ratchet.evaluation;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** Evaluations by their number. */
class EvaluationAddress {
    @Produces
    @Singleton
    OwnAddress evaluations(EntityManager entities) {
        return OwnAddress.numbered(entities, "evaluations", "evaluation");
    }
}
