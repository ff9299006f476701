package dev.ratchet.app.bench;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What a server makes at its start for {@code bench rating}; nothing without a password. */
@ConfigMapping(prefix = "ratchet.bench")
public interface RatingBenchConfig {

    /** Password of every reviewer's account. */
    Optional<String> password();

    /** Reviewers' accounts. */
    @WithDefault("200")
    int reviewers();

    /** Tasks of the measured project. */
    @WithDefault("2000")
    int tasks();

    /** How many reviewers rate each task. */
    @WithDefault("3")
    int overlap();

    /** Ratings of the project that warms the server up. */
    @WithDefault("6000")
    int warmUp();
}
