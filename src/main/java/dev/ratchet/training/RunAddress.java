package dev.ratchet.training;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** Runs by their number. */
class RunAddress {
    @Produces
    @Singleton
    OwnAddress runs(EntityManager entities) {
        return OwnAddress.numbered(entities, "runs", "run");
    }
}
