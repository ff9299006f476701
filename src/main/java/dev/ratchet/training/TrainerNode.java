package dev.ratchet.training;

import dev.ratchet.dataset.PairsChanged;
import dev.ratchet.platform.ApplicationRole;
import dev.ratchet.platform.RatchetConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The clockwork of a node with the role {@code trainer}: one thread that watches runs and keeps the loop going. */
@ApplicationScoped
public class TrainerNode {
    private static final Logger LOG = Logger.getLogger(TrainerNode.class);
    private static final long TICK_MILLIS = 250;
    /** Looks at the loop without a reason to are rarer: another node may have written the pairs. */
    private static final int TICKS_BETWEEN_LOOKS = 8;

    @Inject
    RatchetConfig config;

    @Inject
    RunSupervisor supervisor;

    @Inject
    RetrainingLoop loop;

    private ScheduledExecutorService thread;
    private int ticks;

    /** Set by any thread, cleared by the clockwork. */
    private volatile boolean lookNow;

    void start(@Observes StartupEvent event) {
        if (!config.roles().contains(ApplicationRole.TRAINER)) {
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "trainer"));
        thread.execute(() -> attempt("Adopting unfinished runs", supervisor::adopt));
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (thread != null) {
            thread.shutdown();
            thread.awaitTermination(10, TimeUnit.SECONDS);
            supervisor.stop();
        }
    }

    void pairsChanged(@ObservesAsync PairsChanged event) {
        lookNow = true;
    }

    void runChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunChanged event) {
        lookNow = true;
    }

    private void tick() {
        attempt("Watching runs", supervisor::tick);
        if (lookNow || ++ticks >= TICKS_BETWEEN_LOOKS) {
            lookNow = false;
            ticks = 0;
            attempt("The retraining loop", loop::advance);
        }
    }

    private static void attempt(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // The thread must live on: the database may be away for a moment, and a run that cannot be read is not all.
            LOG.errorf(e, "%s failed and is tried again.", what);
        }
    }
}
