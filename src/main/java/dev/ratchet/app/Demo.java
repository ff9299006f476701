package dev.ratchet.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb that runs the application and takes a demo project through the whole loop in it. */
@Command(
        name = "demo",
        description = "Runs the application and takes a demo project through the whole loop, then stays up.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Demo implements Runnable {
    @Mixin
    private ApplicationOptions options;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "The seed of everything random (default: 1).")
    private long seed;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "1",
            description = "Runs that many seeds, from --seed on, and prints them side by side (default: 1).")
    private int seeds;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "Rounds of the loop (default: 1).")
    private int rounds;

    @Option(names = "--exit", description = "Ends after the table instead of staying up.")
    private boolean exit;

    @Option(names = "--no-reviewers", description = "Leaves the simulated reviewers out: you rate.")
    private boolean withoutReviewers;

    @Override
    public void run() {
        options.apply();
        ApplicationOptions.set("ratchet.demo", true);
        ApplicationOptions.set("ratchet.demo.seed", seed);
        ApplicationOptions.set("ratchet.demo.seeds", seeds);
        ApplicationOptions.set("ratchet.demo.rounds", rounds);
        ApplicationOptions.set("ratchet.demo.exit", exit);
        ApplicationOptions.set("ratchet.demo.reviewers", !withoutReviewers);
        Boot.run();
    }
}
