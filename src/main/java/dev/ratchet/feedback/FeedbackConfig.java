package dev.ratchet.feedback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the feedback stream; the broker's own are Quarkus' {@code kafka.*}. */
@ConfigMapping(prefix = "ratchet.feedback")
public interface FeedbackConfig {

    /** How long the relay sleeps when the outbox is empty and nobody on this node fills it. */
    @WithDefault("250ms")
    Duration relayInterval();

    /** How long an event waits for others to go with it: each transaction of one event costs as much as one of ten. */
    @WithDefault("50ms")
    Duration relayLinger();

    /** Most events that are relayed, or handled, in one transaction. */
    @WithDefault("500")
    int batch();

    /** Kafka consumer group of what makes pairs. */
    @WithDefault("ratchet-pairs")
    String group();

    /** Partitions of a topic that is made because it is missing. */
    @WithDefault("3")
    int partitions();
}
