package dev.ratchet.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Says in one line, before anything starts, that a server which somebody set cannot be used. */
final class ExternalServers {
    private static final int SECONDS = 10;

    private ExternalServers() {}

    /**
     * Signs in once.
     *
     * @throws StartFailure when PostgreSQL does not answer or refuses the account
     */
    static void checkDatabase(String url, StartupConfig config) {
        Properties account = new Properties();
        account.setProperty("loginTimeout", String.valueOf(SECONDS));
        config.get("quarkus.datasource.username").ifPresent(user -> account.setProperty("user", user));
        config.get("quarkus.datasource.password").ifPresent(password -> account.setProperty("password", password));
        try (Connection connection = DriverManager.getConnection(url, account)) {
            connection.isValid(SECONDS);
        } catch (SQLException failure) {
            throw new StartFailure("PostgreSQL at " + url.replaceFirst("\\?.*", "") + " cannot be used ("
                    + failure.getMessage().strip().replaceAll("\\s+", " ")
                    + "): check quarkus.datasource.jdbc.url, .username and .password.", failure);
        }
    }

    /**
     * Opens a connection to one of the servers.
     *
     * @param bootstrapServers {@code host:port}, separated by commas
     * @throws StartFailure when none of them answers
     */
    static void checkBroker(String bootstrapServers) {
        List<String> servers = Stream.of(bootstrapServers.split(",")).map(String::strip).toList();
        if (servers.stream().noneMatch(ExternalServers::answers)) {
            throw new StartFailure("Kafka at " + bootstrapServers
                    + " does not answer: start it, or check kafka.bootstrap.servers (host:port, separated by commas).");
        }
    }

    private static boolean answers(String server) {
        // A listener may be named in front: PLAINTEXT://host:port.
        String address = server.substring(server.lastIndexOf('/') + 1);
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            return false;
        }
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), SECONDS * 1000);
            return true;
        } catch (IOException | IllegalArgumentException unreachable) {
            return false;
        }
    }
}
