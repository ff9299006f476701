package dev.ratchet.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real PostgreSQL server, started as a child process, whose cluster lives in one folder. */
public final class EmbeddedDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts the server on a free port, and makes its cluster first if the folder is new.
     *
     * @param cluster folder of the database cluster; made when absent
     * @param binaries folder into which the server's programs are unpacked once
     * @throws IOException when the server does not start
     */
    public static EmbeddedDatabase start(Path cluster, Path binaries) throws IOException {
        Files.createDirectories(binaries);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster.toAbsolutePath().normalize())
                .setOverrideWorkingDirectory(binaries.toAbsolutePath().normalize().toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C.UTF-8")
                // The library's defaults are for throw-away tests: they lose what was acknowledged.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100");
        try {
            return new EmbeddedDatabase(builder.start());
        } catch (IllegalStateException failure) {
            throw new IOException("The embedded PostgreSQL did not start in " + cluster + ": " + failure.getMessage(),
                    failure);
        }
    }

    /** JDBC address with its user. */
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** Stops the server: open transactions roll back, the rest is on disk. */
    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
