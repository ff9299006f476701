package dev.ratchet.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A program that sends rows to a server and loads them again, and never holds more than a part of them. */
final class RowsOverHttp {
    private static final int PART = 16 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int POLL_MILLIS = 250;
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI project;
    private final URI projects;
    private final String authorization;

    RowsOverHttp(URI server, String adminPassword) {
        projects = server.resolve("/api/projects");
        project = server.resolve("/api/projects/bench/");
        authorization = "Basic " + Base64.getEncoder().encodeToString(
                ("admin:" + adminPassword).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What became of a file.
     *
     * @param seconds from the start of the import to its end
     * @param checkSeconds from the last byte to the preview
     */
    record Imported(long rows, long pairs, long rejected, double seconds, double checkSeconds) {}

    /** What a download brought. */
    record Exported(long lines, long bytes, double seconds) {}

    void makeProject() throws IOException, InterruptedException {
        send(request(projects).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(
                "{\"slug\": \"bench\", \"name\": \"Bench\", \"overlap\": 1}")));
    }

    Imported importRows(int rows, int faultyEvery) throws IOException, InterruptedException {
        long size = 0;
        for (int row = 0; row < rows; row++) {
            size += row(row, faultyEvery).length;
        }
        JsonNode job = null;
        long received = 0;
        ByteArrayOutputStream part = new ByteArrayOutputStream(PART + BUFFER);
        for (int row = 0; row < rows; row++) {
            part.writeBytes(row(row, faultyEvery));
            if (part.size() >= PART || row == rows - 1) {
                HttpRequest.Builder request = job == null
                        ? request(project.resolve("imports?name=rows.jsonl&size=" + size))
                        : request(project.resolve("imports/" + job.path("id").asLong()))
                                .header("Upload-Offset", Long.toString(received));
                job = send(request.header("Content-Type", "application/octet-stream").method(
                        job == null ? "POST" : "PATCH", HttpRequest.BodyPublishers.ofByteArray(part.toByteArray())));
                received += part.size();
                part.reset();
            }
        }
        URI own = project.resolve("imports/" + job.path("id").asLong());
        long arrived = System.nanoTime();
        await(own, "ready");
        double checked = (System.nanoTime() - arrived) / 1e9;
        long begun = System.nanoTime();
        send(request(URI.create(own + "/start")).POST(HttpRequest.BodyPublishers.noBody()));
        JsonNode done = await(own, "done");
        return new Imported(done.path("rows").asLong(), done.path("pairs").asLong(), done.path("rejected").asLong(),
                (System.nanoTime() - begun) / 1e9, checked);
    }

    Exported export(String file) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(request(project.resolve("exports/" + file)).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("The export was refused with status " + answer.statusCode());
        }
        long lines = 0;
        long bytes = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = answer.body()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return new Exported(lines, bytes, (System.nanoTime() - begun) / 1e9);
    }

    /** Some three hundred bytes, as a support chat would have them. */
    private static byte[] row(int number, int faultyEvery) {
        String rejected = number % faultyEvery == 0 ? good(number) : "I do not know. Please look at the tracking page.";
        return ("{\"prompt\": [{\"role\": \"user\", \"content\": \"Where is my order " + number
                + "? It should have been here on Monday.\"}], \"chosen\": [{\"role\": \"assistant\", \"content\": \""
                + good(number) + "\"}], \"rejected\": [{\"role\": \"assistant\", \"content\": \""
                + rejected + "\"}]}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String good(int number) {
        return "Order " + number + " left our house on Friday; the carrier promises it for tomorrow.";
    }

    private JsonNode await(URI job, String wanted) throws IOException, InterruptedException {
        while (true) {
            JsonNode now = send(request(job).GET());
            String status = now.path("status").asText();
            if (status.equals(wanted)) {
                return now;
            } else if (status.equals("failed")) {
                throw new IOException("The import failed: " + now);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(LONGEST_REQUEST).header("Authorization", authorization)
                .header("Accept", "application/json, */*");
    }
}
