package dev.ratchet.app.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the demo; the command line's options set them. */
@ConfigMapping(prefix = "ratchet.demo")
public interface DemoConfig {

    /** Whether this process runs the demo. */
    @WithDefault("false")
    boolean enabled();

    /** Seed of the first loop: wording of prompts, sampling, reviewers' noise, training. */
    @WithDefault("1")
    long seed();

    /** Loops to run, with consecutive seeds. */
    @WithDefault("1")
    int seeds();

    /** Whether the process ends after the table. */
    @WithDefault("false")
    boolean exit();

    /** Whether simulated reviewers rate; without them people have to. */
    @WithDefault("true")
    boolean reviewers();

    /** Whether every reviewer tosses a coin: a reward model of noise, which the gate has to refuse. */
    @WithDefault("false")
    boolean noise();

    /** Tasks on training prompts. */
    @WithDefault("800")
    int trainTasks();

    /** Tasks on held-out prompts: they measure the reward model and train nothing. */
    @WithDefault("360")
    int evalTasks();

    /** Held-out prompts of the gold measurement. */
    @WithDefault("600")
    int goldPrompts();

    /** What the lower bound of the reward model's held-out accuracy must be above. */
    @WithDefault("0.55")
    double minimumRewardAccuracy();

    /** How many reviewers rate each task. */
    @WithDefault("2")
    int overlap();
}
