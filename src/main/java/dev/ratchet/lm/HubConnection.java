package dev.ratchet.lm;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Requests to a hub: follows redirects itself, so that the token goes to the hub alone. */
final class HubConnection {
    private static final int REDIRECTS = 5;

    private final HubSettings settings;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NEVER).build();

    HubConnection(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * What the hub or the storage behind it answered.
     *
     * @param etag what identifies the content, as the hub says it, without quotes; null where it does not
     * @param size bytes of the whole file, or -1 where the hub does not say
     */
    record Answer(int status, HttpResponse<InputStream> response, String etag, long size) {
        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    /** Asks for a path below the endpoint, from byte {@code begin} on. */
    Answer get(String path, long begin) throws IOException {
        URI address = URI.create(settings.endpoint() + path);
        String etag = null;
        long size = -1;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(address, begin);
            etag = first(etag, unquoted(header(response, "X-Linked-Etag").or(() -> header(response, "ETag"))));
            size = size >= 0 ? size : header(response, "X-Linked-Size").map(HubConnection::number).orElse(-1L);
            if (response.statusCode() / 100 != 3) {
                return new Answer(response.statusCode(), response, etag, size >= 0 ? size : total(response));
            }
            response.body().close();
            String location = header(response, "Location").orElseThrow(() -> new IOException("a redirect to nowhere"));
            address = address.resolve(location);
            if (!HubSettings.safe(address)) {
                throw new IOException("a redirect to the unsafe address " + address.getScheme() + "://"
                        + address.getHost());
            }
        }
        throw new IOException("more than " + REDIRECTS + " redirects");
    }

    private HttpResponse<InputStream> send(URI address, long begin) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.patience())
                .header("User-Agent", "ratchet");
        if (settings.token() != null && ofHub(address)) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        if (begin > 0) {
            request.header("Range", "bytes=" + begin + "-");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private boolean ofHub(URI address) {
        URI hub = settings.endpoint();
        return hub.getScheme().equals(address.getScheme()) && hub.getHost().equals(address.getHost())
                && hub.getPort() == address.getPort();
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private static String first(String known, String other) {
        return known != null ? known : other;
    }

    private static String unquoted(Optional<String> etag) {
        return etag.map(e -> e.replaceFirst("^W/", "").replace("\"", "").strip()).orElse(null);
    }

    /** From {@code Content-Range: bytes 5-9/10}, or the length of a whole answer. */
    private static long total(HttpResponse<?> response) {
        if (response.statusCode() == 206) {
            return header(response, "Content-Range").map(r -> number(r.substring(r.indexOf('/') + 1))).orElse(-1L);
        }
        return response.statusCode() == 200 ? header(response, "Content-Length").map(HubConnection::number).orElse(-1L)
                : -1;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
