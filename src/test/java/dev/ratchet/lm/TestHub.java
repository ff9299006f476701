package dev.ratchet.lm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A hub on this machine: weights by a redirect to its storage, small files directly, and faults on demand. */
final class TestHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** What was asked for: path, range and token. */
    record Request(String path, String range, String authorization) {
    }

    final Map<String, byte[]> files = new LinkedHashMap<>();
    final List<Request> hubRequests = new CopyOnWriteArrayList<>();
    final List<Request> storageRequests = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile int breakAfter = -1;
    volatile boolean silent;
    volatile String checksum;
    volatile String redirect;
    private final HttpServer hub = server();
    private final HttpServer storage = server();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    TestHub() throws IOException {
        hub.createContext("/api/models/someone/tiny/revision/", this::describe);
        hub.createContext("/someone/tiny/resolve/" + COMMIT + "/", this::resolve);
        storage.createContext("/", this::store);
        hub.setExecutor(threads);
        storage.setExecutor(threads);
        hub.start();
        storage.start();
    }

    private static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    private static Request request(HttpExchange exchange) {
        return new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void describe(HttpExchange exchange) throws IOException {
        hubRequests.add(request(exchange));
        String siblings = files.keySet().stream().map(f -> "{\"rfilename\": \"" + f + "\"}")
                .collect(Collectors.joining(", "));
        byte[] body = ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + siblings + "]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void resolve(HttpExchange exchange) throws IOException {
        hubRequests.add(request(exchange));
        String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        byte[] content = files.get(name);
        if (name.endsWith(".safetensors")) {
            exchange.getResponseHeaders().set("X-Linked-Etag",
                    "\"" + (checksum != null ? checksum : digest("SHA-256", content)) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
            exchange.getResponseHeaders().set("Location", redirect != null ? redirect
                    : "http://127.0.0.1:" + storage.getAddress().getPort() + "/" + name);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        } else {
            byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
            byte[] both = Arrays.copyOf(head, head.length + content.length);
            System.arraycopy(content, 0, both, head.length, content.length);
            exchange.getResponseHeaders().set("ETag", "\"" + digest("SHA-1", both) + "\"");
            send(exchange, content);
        }
    }

    private void store(HttpExchange exchange) throws IOException {
        storageRequests.add(request(exchange));
        send(exchange, files.get(exchange.getRequestURI().getPath().substring(1)));
    }

    private void send(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int begin = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (begin > 0) {
            exchange.getResponseHeaders().set("Content-Range",
                    "bytes " + begin + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(begin > 0 ? 206 : 200, content.length - begin);
        int stop = breakAfter;
        OutputStream out = exchange.getResponseBody();
        if (stop >= 0 && exchange.getRequestURI().getPath().endsWith(".safetensors")) {
            breakAfter = -1;
            out.write(content, begin, stop);
            out.flush();
            if (silent) {
                await();
            }
        } else {
            out.write(content, begin, content.length - begin);
        }
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end.countDown();
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }
}
