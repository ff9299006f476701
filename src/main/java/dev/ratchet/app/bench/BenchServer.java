package dev.ratchet.app.bench;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as a child process on a free port, with data that goes when it is closed. */
final class BenchServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final int START_SECONDS = 300;
    private static final int STOP_SECONDS = 60;
    private static final int POLL_MILLIS = 100;
    private static final int LAST_WORDS = 2_000;

    private final Path data;
    private final Process process;
    private final Thread atExit = new Thread(this::stop, "bench-server-stop");
    private int port;

    private BenchServer(Path data, Process process) {
        this.data = data;
        this.process = process;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @param settings system properties of the server
     * @param environment what must not be seen in a list of processes
     * @throws IOException if it ends, or does not open its port, instead
     */
    static BenchServer start(Map<String, ?> settings, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("ratchet-bench-");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath, classPath.endsWith("quarkus-run.jar")
                ? "io.quarkus.bootstrap.runner.QuarkusEntryPoint" : "dev.ratchet.app.Main"));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(data.resolve("console.log").toFile());
        builder.environment().putAll(environment);
        BenchServer server = new BenchServer(data, builder.start());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        try {
            server.awaitPort();
            return server;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** JDBC address of the server's own PostgreSQL, with the account. */
    String database() throws IOException {
        Properties ports = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve("ports.properties"))) {
            ports.load(file);
        }
        return "jdbc:postgresql://localhost:" + ports.getProperty("postgres") + "/postgres?user=postgres&password="
                + Files.readString(data.resolve("secrets/postgres.password")).strip();
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < START_SECONDS * 1_000 / POLL_MILLIS; i++) {
            String said = Files.readString(data.resolve("console.log"));
            Matcher listening = LISTENING.matcher(said);
            if (listening.find()) {
                port = Integer.parseInt(listening.group(1));
                return;
            }
            if (!process.isAlive()) {
                throw new IOException("The server ended with " + process.exitValue() + ": "
                        + said.substring(Math.max(0, said.length() - LAST_WORDS)).strip());
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IOException("The server did not open its port within " + START_SECONDS + " seconds.");
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The program ends, and the hook finds nothing left to do.
        }
    }

    private synchronized void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!Files.exists(data)) {
            return;
        }
        try (var files = Files.walk(data)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            System.err.println("The data of the bench was left in " + data + ": " + failure.getMessage());
        }
    }
}
