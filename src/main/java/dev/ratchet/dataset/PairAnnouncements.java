package dev.ratchet.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import org.jboss.logging.Logger;

/** Tells everybody of changed pairs, once they are there for everybody. */
@ApplicationScoped
class PairAnnouncements {
    private static final Logger LOG = Logger.getLogger(PairAnnouncements.class);

    private final Event<PairsChanged> changed;

    PairAnnouncements(Event<PairsChanged> changed) {
        this.changed = changed;
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) PairsWritten written) {
        for (long project : written.projects()) {
            changed.fireAsync(new PairsChanged(project)).exceptionally(failure -> {
                LOG.error("Who was told of changed pairs failed", failure);
                return null;
            });
        }
    }
}
