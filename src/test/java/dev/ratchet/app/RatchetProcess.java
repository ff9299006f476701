package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar, started as a process of its own as a person starts it. */
final class RatchetProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern PASSWORD = Pattern.compile("with the password (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:([0-9]+)");

    private final Process process;
    private final Path output;

    private RatchetProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RatchetProcess start(Path folder, String... args) {
        return start(folder, Map.of(), args);
    }

    static RatchetProcess start(Path folder, Map<String, String> environment, String... args) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-jar",
                    System.getProperty("ratchet.jar")));
            command.addAll(List.of(args));
            Path output = Files.createTempFile(folder, "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new RatchetProcess(builder.start(), output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until the pages answer; fails with what was printed when the process ends instead. */
    RatchetProcess awaitReady() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || ADDRESS.matcher(output()).find());
        assertThat(process.isAlive()).as(output()).isTrue();
        return this;
    }

    int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Kills it as the kernel does when memory runs out: nothing is tidied up. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Asks it to stop, as Ctrl-C and Kubernetes do. */
    void stop() {
        process.destroy();
        exitCode();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    String printedPassword() {
        return group(PASSWORD);
    }

    int port() {
        return Integer.parseInt(group(ADDRESS));
    }

    /** Where signing in leads to: {@code /} when it succeeds. */
    String signIn(String login, String password) throws IOException, InterruptedException {
        String form = "j_username=" + login + "&j_password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return URI.create(response.headers().firstValue("Location").orElse("/none")).getPath();
    }

    private String group(Pattern pattern) {
        Matcher matcher = pattern.matcher(output());
        assertThat(matcher.find()).as(output()).isTrue();
        return matcher.group(1);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
