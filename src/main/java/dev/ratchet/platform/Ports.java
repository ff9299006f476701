package dev.ratchet.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The ports of the embedded servers: free ones at first, and the same again at later starts where still free. */
final class Ports {
    private final Path file;
    private final Properties kept = new Properties();

    Ports(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
        }
    }

    /** A port of the loopback interface that is free now, by the name under which it is kept. */
    synchronized int of(String name) throws IOException {
        String known = kept.getProperty(name, "");
        if (known.matches("[0-9]{1,5}") && isFree(InetAddress.getLoopbackAddress(), Integer.parseInt(known))) {
            return Integer.parseInt(known);
        }
        int fresh = free();
        kept.setProperty(name, String.valueOf(fresh));
        try (Writer writer = Files.newBufferedWriter(file)) {
            kept.store(writer, "Ports of the embedded servers");
        }
        return fresh;
    }

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether a server could listen there now. */
    static boolean isFree(InetAddress address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (BindException used) {
            return false;
        }
    }
}
