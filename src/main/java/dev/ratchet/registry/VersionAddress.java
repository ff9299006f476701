package dev.ratchet.registry;

import dev.ratchet.project.OwnAddress;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** Versions of models by their number. */
class VersionAddress {
    @Produces
    @Singleton
    OwnAddress versions(EntityManager entities) {
        return OwnAddress.numbered(entities, "versions", "model_version");
    }
}
