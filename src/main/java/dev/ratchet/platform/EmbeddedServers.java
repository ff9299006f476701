package dev.ratchet.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the application stands on, started in plain Java before Quarkus boots: the data folder's lock, PostgreSQL and
 * the broker, each only where nobody set an external one. Closing it stops them in the opposite order.
 */
public final class EmbeddedServers implements AutoCloseable {
    private static final int DEFAULT_HTTP_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;
    /** What {@code Accounts} takes; bcrypt reads no more than 72 bytes. */
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 72;
    /** Held here because the log's levels belong to loggers, which nobody else holds. */
    private static final Logger[] QUIET = {
        quiet("kafka", Level.WARNING),
        quiet("org.apache.kafka", Level.WARNING),
        quiet("state.change.logger", Level.WARNING),
        // It warns of an empty log at every first start.
        quiet("org.apache.kafka.controller.QuorumController", Level.SEVERE),
        quiet("io.zonky", Level.WARNING),
        quiet("org.postgresql", Level.WARNING),
        quiet("io.netty", Level.WARNING)
    };

    private final FolderLock lock;
    private FolderLock brokerLock;
    private EmbeddedDatabase database;
    private EmbeddedBroker broker;

    private EmbeddedServers(FolderLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the data folder, stops what an earlier process left there, and starts what is needed. Where the servers
     * are is handed to Quarkus as system properties.
     *
     * @throws StartFailure when folder or port are in use, when a server does not start, or when an external one
     *     cannot be reached
     */
    public static EmbeddedServers start(Path dataFolder, StartupConfig config) {
        Path data = dataFolder.toAbsolutePath().normalize();
        Optional<String> externalDatabase = config.get("quarkus.datasource.jdbc.url");
        Optional<String> externalBroker = config.get("kafka.bootstrap.servers");
        // Processes that share external servers may share the folder too: artefacts and runs have their own order.
        boolean ownFolder = externalDatabase.isEmpty() || externalBroker.isEmpty();
        EmbeddedServers servers = new EmbeddedServers(ownFolder ? FolderLock.take(data) : null);
        try {
            checkHttpPort(config);
            checkAdminPassword(config);
            externalDatabase.ifPresent(url -> ExternalServers.checkDatabase(url, config));
            externalBroker.ifPresent(ExternalServers::checkBroker);
            if (ownFolder) {
                stopLeftovers(data);
            }
            System.setProperty("ratchet.data", data.toString());
            Path secrets = data.resolve("secrets");
            setUnlessGiven(config, "quarkus.http.auth.session.encryption-key", secrets.resolve("session.key"));
            setUnlessGiven(config, "quarkus.rest-csrf.token-signature-key", secrets.resolve("csrf.key"));
            servers.startIn(data, externalDatabase.isEmpty(), externalBroker.isEmpty());
            return servers;
        } catch (IOException failure) {
            servers.close();
            throw new StartFailure(failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            servers.close();
            throw failure;
        }
    }

    /**
     * Runs a broker alone until the process is told to stop.
     *
     * @param dataFolder the log lives below it, in {@code kafka}
     * @throws StartFailure when folder or port are in use, or when the broker does not start
     */
    public static void runBroker(Path dataFolder, int port) {
        Path folder = dataFolder.toAbsolutePath().normalize().resolve("kafka");
        FolderLock lock = FolderLock.take(folder);
        try {
            if (!Ports.isFree(InetAddress.getLoopbackAddress(), port)) {
                throw new StartFailure("The port " + port + " is in use: choose another with --port.");
            }
            EmbeddedBroker broker = EmbeddedBroker.start(folder, port, Ports.free());
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                close(broker);
                close(lock);
                ended.countDown();
            }, "stop"));
            System.out.println("Broker ready: " + broker.bootstrapServers() + " (log in " + folder + ")");
            ended.await();
        } catch (IOException failure) {
            close(lock);
            throw new StartFailure(failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void startIn(Path data, boolean ownDatabase, boolean ownBroker) throws IOException {
        Ports ports = new Ports(data.resolve("ports.properties"));
        if (ownDatabase) {
            SupportedPlatform.requireForDatabase();
        }
        CompletableFuture<EmbeddedDatabase> starting = ownDatabase
                ? CompletableFuture.supplyAsync(() -> startDatabase(data, ports))
                : CompletableFuture.completedFuture(null);
        try {
            if (ownBroker) {
                Path log = data.resolve("kafka");
                brokerLock = FolderLock.take(log);
                broker = EmbeddedBroker.start(log, ports.of("kafka"), ports.of("kafka-controller"));
                System.setProperty("kafka.bootstrap.servers", broker.bootstrapServers());
            }
        } finally {
            // Also when the broker failed: what was started must be known to be stopped.
            database = join(starting);
        }
        if (ownDatabase) {
            System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
            System.setProperty("quarkus.datasource.password", database.password());
        }
    }

    private static EmbeddedDatabase join(CompletableFuture<EmbeddedDatabase> starting) {
        try {
            return starting.join();
        } catch (CompletionException failure) {
            throw new StartFailure(failure.getCause().getMessage(), failure.getCause());
        }
    }

    private static EmbeddedDatabase startDatabase(Path data, Ports ports) {
        try {
            return EmbeddedDatabase.start(
                    data.resolve("postgres"),
                    data.resolve("postgres-binaries"),
                    data.resolve("secrets").resolve("postgres.password"),
                    ports.of("postgres"));
        } catch (IOException failure) {
            throw new StartFailure(failure.getMessage(), failure);
        }
    }

    private static void stopLeftovers(Path data) throws IOException {
        int stopped = new Leftovers(data).stop();
        if (stopped > 0) {
            System.out.println("Stopped " + stopped + (stopped == 1 ? " process" : " processes")
                    + " that an earlier start had left in " + data);
        }
    }

    private static void checkHttpPort(StartupConfig config) throws IOException {
        int port = config.get("quarkus.http.port").map(EmbeddedServers::port).orElse(DEFAULT_HTTP_PORT);
        InetAddress address = config.get("quarkus.http.host")
                .map(host -> new InetSocketAddress(host, 0).getAddress())
                .orElse(new InetSocketAddress(0).getAddress());
        if (port != 0 && !Ports.isFree(address, port)) {
            throw new StartFailure("The port " + port
                    + " is in use: stop what listens there, or choose another with --port.");
        }
    }

    private static int port(String given) {
        try {
            int port = Integer.parseInt(given.strip());
            if (port >= 0 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new StartFailure("The port must be a number from 0 to " + HIGHEST_PORT + ", not " + given + ".");
    }

    /** Checked before anything starts; the account is made when everything runs. */
    private static void checkAdminPassword(StartupConfig config) {
        config.get("ratchet.admin-password").ifPresent(password -> {
            int bytes = password.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < SHORTEST_PASSWORD || bytes > LONGEST_PASSWORD) {
                throw new StartFailure("The password of admin must have " + SHORTEST_PASSWORD + " to "
                        + LONGEST_PASSWORD
                        + " bytes, and has " + bytes + ".");
            }
        });
    }

    private static void setUnlessGiven(StartupConfig config, String name, Path secret) throws IOException {
        if (config.get(name).isEmpty()) {
            System.setProperty(name, SecretFile.readOrMake(secret));
        }
    }

    private static Logger quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    /** Stops the broker, then PostgreSQL, then lets go of the folder; what fails is said and the rest still stops. */
    @Override
    public void close() {
        close(broker);
        close(brokerLock);
        close(database);
        close(lock);
    }

    private static void close(AutoCloseable server) {
        try {
            if (server != null) {
                server.close();
            }
        } catch (Exception failure) {
            System.err.println("While stopping: " + failure);
        }
    }
}
