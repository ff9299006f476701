package dev.ratchet.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The rows of an import that could not be used, with where they stand and why. */
@ApplicationScoped
public class Rejections {
    private static final int PART = 500;
    private static final String SELECT = "select place, line, reason, row from import_rejection"
            + " where import_id = ? and place > ? order by place limit ?";

    private final DataSource database;
    private final ObjectMapper json;

    Rejections(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** @param record its number in the file, from 1: what a list goes on after */
    public record Rejection(long record, long line, String reason, String row) {}

    /** Rejected rows after a record, in the file's order. */
    public List<Rejection> list(long importId, long after, int limit) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            try (Connection connection = database.getConnection();
                    PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setLong(1, importId);
                select.setLong(2, after);
                select.setInt(3, limit);
                List<Rejection> rejections = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        rejections.add(new Rejection(
                                rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getString(4)));
                    }
                }
                return rejections;
            } catch (SQLException failure) {
                throw new IllegalStateException("Rejected rows cannot be read", failure);
            }
        });
    }

    /** Writes all of them, part by part, one JSON object a line. */
    void writeJsonLines(long importId, OutputStream out) throws IOException {
        write(importId, rejection -> {
            out.write(json.writeValueAsBytes(rejection));
            out.write('\n');
        });
        out.flush();
    }

    /** Writes all of them as CSV; a cell that a spreadsheet would evaluate begins with an apostrophe. */
    void writeCsv(long importId, OutputStream out) throws IOException {
        CsvSchema schema = CsvSchema.builder().addColumn("record").addColumn("line").addColumn("reason")
                .addColumn("row")
                .setUseHeader(true).build();
        out.write("record,line,reason,row\n".getBytes(StandardCharsets.UTF_8));
        try (SequenceWriter rows = new CsvMapper().writer(schema.withoutHeader())
                .without(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValues(out)) {
            write(importId, rejection -> rows.write(List.of(
                    rejection.record(), rejection.line(), safe(rejection.reason()), safe(rejection.row()))));
        }
        out.flush();
    }

    private static String safe(String cell) {
        return cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }

    private void write(long importId, Sink sink) {
        long after = 0;
        for (List<Rejection> part = list(importId, 0, PART); !part.isEmpty(); part = list(importId, after, PART)) {
            for (Rejection rejection : part) {
                try {
                    sink.write(rejection);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
                after = rejection.record();
            }
        }
    }

    /** Takes one rejected row. */
    private interface Sink {
        void write(Rejection rejection) throws IOException;
    }
}
