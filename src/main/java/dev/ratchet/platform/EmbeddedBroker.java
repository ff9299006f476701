package dev.ratchet.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this process: one KRaft node, broker and controller in one, whose log lives in one folder.
 *
 * <p>It listens on the loopback interface only. What it acknowledged survives the death of the process, because the
 * operating system holds it; records are forced to disk every second on top of that.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE = 1;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker, and formats its folder first if it is new.
     *
     * @param folder where topics and offsets live; made when absent
     * @param port of the loopback interface, for clients
     * @param controllerPort of the loopback interface, for the broker itself
     * @throws IOException when the folder cannot be written or holds something else
     */
    public static EmbeddedBroker start(Path folder, int port, int controllerPort) throws IOException {
        Path log = folder.toAbsolutePath().normalize();
        format(log);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(settings(log, port, controllerPort), false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException failure) {
            server.shutdown();
            throw new IOException("The embedded broker did not start in " + log + ": " + failure.getMessage(), failure);
        }
        return new EmbeddedBroker(server, port);
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Stops in order: the log is flushed and its end recorded. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .run();
        } catch (Exception failure) {
            throw new IOException(
                    "The embedded broker's folder " + log + " cannot be formatted: " + failure.getMessage(),
                    failure);
        }
    }

    private static Map<String, String> settings(Path log, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("num.partitions", "3");
        settings.put("log.flush.interval.ms", "1000");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The stream can be replayed from its start; the record is PostgreSQL, so a bound is a matter of disk only.
        settings.put("log.retention.hours", "-1");
        settings.put("log.segment.bytes", String.valueOf(128 << 20));
        return settings;
    }
}
