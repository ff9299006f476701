package dev.ratchet.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real PostgreSQL server, started as a child process, whose cluster lives in one folder. It listens on the loopback
 * interface only and asks for a password: other users of the machine cannot read the record.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /**
     * Starts the server, and makes its cluster first if the folder is new.
     *
     * @param cluster folder of the database cluster; made when absent
     * @param binaries folder into which the server's programs are unpacked once
     * @param passwordFile where the password is kept; made when absent
     * @param port of the loopback interface
     * @throws IOException when the server does not start
     */
    public static EmbeddedDatabase start(Path cluster, Path binaries, Path passwordFile, int port) throws IOException {
        Files.createDirectories(binaries);
        Path folder = cluster.toAbsolutePath().normalize();
        String password = SecretFile.readOrMake(passwordFile.toAbsolutePath());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setOverrideWorkingDirectory(binaries.toAbsolutePath().normalize().toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                // The locale's settings are all options of initdb, which alone reads these.
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toAbsolutePath().toString())
                .setConnectConfig("password", password)
                // The library's defaults are for throw-away tests: they lose what was acknowledged.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                // Room for the indexes that imports write to everywhere. The figures of bench import are with these
                // two, but no gain over PostgreSQL's own 128 MB and 1 GB was measured.
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("unix_socket_directories", "");
        try {
            return new EmbeddedDatabase(builder.start(), password);
        } catch (IllegalStateException failure) {
            throw new IOException(
                    "The embedded PostgreSQL did not start in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** JDBC address with its user and without its password. */
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    public String password() {
        return password;
    }

    /** Stops the server: open transactions roll back, the rest is on disk. */
    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
