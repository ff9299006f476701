package dev.ratchet.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The verb that runs the application. */
@Command(
        name = "serve",
        description = "Runs the application: pages, stream, trainer and served model (the default verb).",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Serve implements Runnable {
    @Mixin
    private ApplicationOptions options;

    @Override
    public void run() {
        options.apply();
        Boot.run();
    }
}
