package dev.ratchet.intake;

import dev.ratchet.platform.ApplicationRole;
import dev.ratchet.platform.RatchetConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The clockwork of a node with the role {@code web}: it works at imports, a short one beside a long one. */
@ApplicationScoped
class IntakeNode {
    private static final Logger LOG = Logger.getLogger(IntakeNode.class);
    private static final int THREADS = 2;
    private static final long TICK_MILLIS = 300;
    /** Who has not touched an import for so long has died. */
    private static final Duration ABANDONED = Duration.ofSeconds(20);

    private final RatchetConfig config;
    private final ImportWorker worker;
    private final EntityManager entities;
    private final Clock clock;
    private ScheduledExecutorService threads;

    IntakeNode(RatchetConfig config, ImportWorker worker, EntityManager entities, Clock clock) {
        this.config = config;
        this.worker = worker;
        this.entities = entities;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        if (config.roles().contains(ApplicationRole.WEB)) {
            threads = Executors.newScheduledThreadPool(THREADS, task -> new Thread(task, "imports"));
            for (int thread = 0; thread < THREADS; thread++) {
                threads.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    private void tick() {
        try {
            QuarkusTransaction.requiringNew().call(this::claim).forEach(worker::work);
        } catch (RuntimeException | Error failure) {
            // The thread must live on: the database may be away for a moment.
            LOG.errorf(failure, "Imports wait and are tried again.");
        }
    }

    /** The oldest import that nobody works at, if there is one. */
    private List<Long> claim() {
        List<?> claimed = entities.createNativeQuery("""
                        update import_job set touched_at = :now
                         where id = (select id from import_job
                                      where status in ('checking', 'importing', 'undoing')
                                        and (touched_at is null or touched_at < :abandoned)
                                      order by id limit 1 for update skip locked)
                        returning id""")
                .setParameter("now", Timestamp.from(clock.instant()))
                .setParameter("abandoned", Timestamp.from(clock.instant().minus(ABANDONED)))
                .getResultList();
        return claimed.stream().map(id -> ((Number) id).longValue()).toList();
    }
}
