package dev.ratchet.feedback;

import dev.ratchet.platform.ApplicationRole;
import dev.ratchet.platform.RatchetConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;

/** Runs the relay and the consumer on nodes that have the role {@code stream}. */
@ApplicationScoped
class FeedbackStream {
    private final RatchetConfig application;
    private final FeedbackConfig config;
    private final OutboxRelay relay;
    private final RatingConsumer consumer;
    private volatile StreamLoop relaying;
    private volatile StreamLoop consuming;

    FeedbackStream(RatchetConfig application, FeedbackConfig config, OutboxRelay relay, RatingConsumer consumer) {
        this.application = application;
        this.config = config;
        this.relay = relay;
        this.consumer = consumer;
    }

    void start(@Observes StartupEvent event) {
        if (application.roles().contains(ApplicationRole.STREAM)) {
            relaying = new StreamLoop(
                    "ratchet-relay", config.relayInterval(), config.relayLinger(), relay::relay, relay::close);
            consuming = new StreamLoop(
                    "ratchet-pairs", Duration.ZERO, Duration.ZERO, consumer::poll, consumer::close);
        }
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutboxFilled filled) {
        StreamLoop loop = relaying;
        if (loop != null) {
            loop.poke();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        for (StreamLoop loop : new StreamLoop[] {relaying, consuming}) {
            if (loop != null) {
                loop.close();
            }
        }
    }
}
