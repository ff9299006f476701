package dev.ratchet.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Statements with named parameters in plain JDBC, in the caller's transaction: for what runs with every rating, where
 * an entity manager would cost more than the database does.
 */
@ApplicationScoped
public class Sql {
    /** {@code :name}, but not the second colon of a cast. */
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

    private final DataSource database;
    private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

    Sql(DataSource database) {
        this.database = database;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @param text one of the program's own texts, for all of them are remembered: values are parameters */
    public Statement of(String text) {
        return new Statement(parsed.computeIfAbsent(text, Parsed::of));
    }

    /** A statement that waits for its parameters. */
    public final class Statement {
        private final Parsed parsed;
        private final Map<String, Object> values = new HashMap<>();

        private Statement(Parsed parsed) {
            this.parsed = parsed;
        }

        /** Sets a parameter wherever it stands; an instant is a {@code timestamptz}. */
        public Statement set(String name, Object value) {
            values.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
            return this;
        }

        /** @throws IllegalStateException with the database's {@link SQLException} as its cause */
        public <T> List<T> list(Row<T> row) {
            return run(statement -> {
                List<T> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(row.read(rows));
                    }
                }
                return found;
            });
        }

        /** The first row; empty if there is none. */
        public <T> Optional<T> first(Row<T> row) {
            return list(row).stream().findFirst();
        }

        /** How many rows were written. */
        public int update() {
            return run(PreparedStatement::executeUpdate);
        }

        private <T> T run(Work<T> work) {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(parsed.sql())) {
                for (int i = 0; i < parsed.names().size(); i++) {
                    statement.setObject(i + 1, values.get(parsed.names().get(i)));
                }
                return work.on(statement);
            } catch (SQLException failure) {
                throw new IllegalStateException("The database refused a statement: " + failure.getMessage(), failure);
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /** A statement as JDBC takes it, and the parameters in its order. */
    private record Parsed(String sql, List<String> names) {
        private static Parsed of(String text) {
            return new Parsed(PARAMETER.matcher(text).replaceAll("?"),
                    PARAMETER.matcher(text).results().map((MatchResult found) -> found.group(1)).toList());
        }
    }
}
