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
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Statements with named parameters in plain JDBC, in the caller's transaction or each in one of its own: for what runs
 * with every rating, where an entity manager would cost more than the database does.
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

    /** Statements that go to the database together. */
    public Exchange exchange() {
        return new Exchange();
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
            return run(statement -> {
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
                }
            });
        }

        /** How many rows were written. */
        public int update() {
            return run(PreparedStatement::executeUpdate);
        }

        private <T> T run(Work<T> work) {
            return Sql.this.run(parsed.sql(), arguments(), work);
        }

        private List<Object> arguments() {
            return parsed.names().stream().map(values::get).toList();
        }
    }

    /**
     * Statements of one transaction that go to the database in one message, and their results come back in another:
     * each sees what those before it did. The result of a statement is there after {@link #run}.
     */
    public final class Exchange {
        private final List<Statement> statements = new ArrayList<>();
        private final List<Work<?>> readers = new ArrayList<>();
        private List<Object> results;

        private Exchange() {}

        /** Adds a statement for its first row; empty if there is none. */
        public <T> Supplier<Optional<T>> first(Statement statement, Row<T> row) {
            return add(statement, done -> {
                try (ResultSet rows = done.getResultSet()) {
                    return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
                }
            });
        }

        /** Adds a statement for how many rows it writes. */
        public Supplier<Integer> update(Statement statement) {
            return add(statement, PreparedStatement::getUpdateCount);
        }

        /** @throws IllegalStateException with the database's {@link SQLException} as its cause */
        public void run() {
            String text = statements.stream().map(statement -> statement.parsed.sql()).collect(Collectors.joining(";\n"));
            List<Object> arguments = statements.stream().flatMap(statement -> statement.arguments().stream()).toList();
            results = Sql.this.run(text, arguments, statement -> {
                List<Object> read = new ArrayList<>();
                statement.execute();
                for (Work<?> reader : readers) {
                    read.add(reader.on(statement));
                    statement.getMoreResults();
                }
                return read;
            });
        }

        @SuppressWarnings("unchecked")
        private <T> Supplier<T> add(Statement statement, Work<T> reader) {
            int place = readers.size();
            statements.add(statement);
            readers.add(reader);
            return () -> (T) results.get(place);
        }
    }

    private <T> T run(String text, List<Object> arguments, Work<T> work) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < arguments.size(); i++) {
                statement.setObject(i + 1, arguments.get(i));
            }
            return work.on(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException("The database refused a statement: " + failure.getMessage(), failure);
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
