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

    @Option(names = "--exit", description = "Ends after the table instead of staying up.")
    private boolean exit;

    @Option(names = "--no-reviewers", description = "Leaves the simulated reviewers out: you rate.")
    private boolean withoutReviewers;

    @Option(names = "--noise",
            description = "Lets every reviewer toss a coin: the gate has to refuse what comes of it.")
    private boolean noise;

    @Override
    public void run() {
        options.apply();
        ApplicationOptions.set("ratchet.demo.enabled", true);
        ApplicationOptions.set("ratchet.demo.seed", seed);
        ApplicationOptions.set("ratchet.demo.seeds", seeds);
        ApplicationOptions.set("ratchet.demo.exit", exit);
        ApplicationOptions.set("ratchet.demo.reviewers", !withoutReviewers);
        ApplicationOptions.set("ratchet.demo.noise", noise);
        // The console belongs to the progress bars and the table; the log is in the data folder.
        ApplicationOptions.set("quarkus.log.console.level", "WARN");
        Boot.run();
    }
}
