package dev.ratchet.app;

import dev.ratchet.platform.EmbeddedServers;
import dev.ratchet.platform.StartupConfig;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;

/** Starts what the application stands on, then the application; and stops them in the opposite order. */
final class Boot {

    private Boot() {}

    /** Runs until the application ends, or until the process is told to stop. */
    static void run() {
        StartupConfig config = StartupConfig.read();
        EmbeddedServers servers = EmbeddedServers.start(Path.of(config.get("ratchet.data").orElse("data")), config);
        // Shutdown hooks run side by side: Quarkus' own would race with the servers under it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopApplication();
            servers.close();
        }, "stop"));
        Quarkus.run();
    }

    private static void stopApplication() {
        Application application = Application.currentApplication();
        if (application != null && application.isStarted()) {
            application.stop();
            application.awaitShutdown();
        }
    }
}
