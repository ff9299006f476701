package dev.ratchet.platform;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Gives every application test a real PostgreSQL and a real broker, started once for the test JVM. */
public final class TestServers implements QuarkusTestResourceLifecycleManager {
    private static Map<String, String> settings;

    @Override
    public Map<String, String> start() {
        synchronized (TestServers.class) {
            if (settings == null) {
                settings = startServers();
            }
            return settings;
        }
    }

    /** The servers outlive the application: they stop with the JVM. */
    @Override
    public void stop() {}

    private static Map<String, String> startServers() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Files.createDirectories(target);
            Path folder = Files.createTempDirectory(target, "test-servers-");
            EmbeddedDatabase database = EmbeddedDatabase.start(
                    folder.resolve("postgres"), target.resolve("postgres-binaries"),
                    folder.resolve("password"), Ports.free());
            EmbeddedBroker broker;
            try {
                broker = EmbeddedBroker.start(folder.resolve("kafka"), Ports.free(), Ports.free());
            } catch (IOException | RuntimeException failure) {
                database.close();
                throw failure;
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, broker, folder), "test-servers-stop"));
            return Map.of(
                    "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                    "quarkus.datasource.password", database.password(),
                    "kafka.bootstrap.servers", broker.bootstrapServers(),
                    "ratchet.data", folder.resolve("data").toString(),
                    "quarkus.http.auth.session.encryption-key", "known to the whole application, as always",
                    "quarkus.http.test-port", "0");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void stop(EmbeddedDatabase database, EmbeddedBroker broker, Path folder) {
        try {
            broker.close();
            database.close();
            List<Path> paths;
            try (var files = Files.walk(folder)) {
                paths = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            System.err.println("Test servers did not stop cleanly: " + failure.getMessage());
        }
    }
}
