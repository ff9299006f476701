package dev.ratchet.task;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the rating queue. */
@ConfigMapping(prefix = "ratchet")
public interface QueueConfig {

    /** How long a leased task waits for its reviewer before it goes to somebody else. */
    @WithDefault("30m")
    Duration lease();
}
