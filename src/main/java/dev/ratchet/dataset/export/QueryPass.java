package dev.ratchet.dataset.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A walk by a cursor of the database.
 *
 * @param rowsEach how many rows each of the query's rows gives; 0 where that differs
 */
record QueryPass(String sql, List<Object> parameters, int rowsEach, Mapping mapping) implements Pass {
    /** Rows that travel at once: a prompt and two answers may be some hundred kilobytes. */
    private static final int FETCH = 250;

    /** Makes rows of a query's row. */
    interface Mapping {
        /** @return whether more rows are wanted */
        boolean map(ResultSet from, Row out) throws SQLException, IOException;
    }

    @Override
    public boolean run(Connection connection, Row out) throws SQLException, IOException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("A cursor needs a transaction: all rows would be held in memory without");
        }
        try (PreparedStatement select = prepare(connection, sql)) {
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!mapping.map(rows, out)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Override
    public long count(Connection connection) throws SQLException, IOException {
        if (rowsEach == 0) {
            return Pass.super.count(connection);
        }
        try (PreparedStatement select = prepare(connection, "select count(*) from (" + sql + ") as row");
                ResultSet counted = select.executeQuery()) {
            counted.next();
            return rowsEach * counted.getLong(1);
        }
    }

    private PreparedStatement prepare(Connection connection, String text) throws SQLException {
        PreparedStatement select = connection.prepareStatement(text);
        for (int i = 0; i < parameters.size(); i++) {
            Object value = parameters.get(i);
            if (value instanceof Object[] list) {
                select.setArray(i + 1, connection.createArrayOf(list instanceof Integer[] ? "int" : "text", list));
            } else {
                select.setObject(i + 1, value);
            }
        }
        return select;
    }
}
