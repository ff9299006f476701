package dev.ratchet.app;

import dev.ratchet.platform.EmbeddedServers;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb that runs the embedded broker alone, so that it outlives the application. */
@Command(
        name = "broker",
        description = "Runs the embedded Kafka broker alone; the application uses it by KAFKA_BOOTSTRAP_SERVERS.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Broker implements Runnable {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The folder in which its log lives, below kafka (default: data).")
    private Path data;

    @Option(names = "--port", paramLabel = "N", defaultValue = "9092",
            description = "The port for clients (default: 9092).")
    private int port;

    @Override
    public void run() {
        EmbeddedServers.runBroker(data, port);
    }
}
