package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Parquet, row group by row group; lists and structures become JSON's. */
final class ParquetSource implements RowSource {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Limits limits;
    private ParquetFileReader file;
    private String broken;
    private MessageType schema;
    private RecordReader<Group> group;
    private long left;
    private long number;

    ParquetSource(Path path, Limits limits) {
        this.limits = limits;
        try {
            file = ParquetFileReader.open(new LocalInputFile(path),
                    ParquetReadOptions.builder(new PlainParquetConfiguration()).build());
            schema = file.getFileMetaData().getSchema();
        } catch (IOException | RuntimeException unreadable) {
            broken = unreadable.getMessage();
        }
    }

    @Override
    public RawRow next() {
        if (broken != null) {
            String reason = broken;
            broken = null;
            left = -1;
            return RawRow.faulty(++number, number, "", "the file cannot be read from here on: " + reason);
        }
        if (left < 0) {
            return null;
        }
        try {
            while (left == 0) {
                PageReadStore pages = file.readNextRowGroup();
                if (pages == null) {
                    left = -1;
                    return null;
                }
                left = pages.getRowCount();
                group = new ColumnIOFactory().getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
            }
            left--;
            Group row = group.read();
            number++;
            ObjectNode node = object(row);
            long size = node.toString().length();
            return size > limits.line()
                    ? RawRow.faulty(number, number, node.toString(), "the row has more than " + limits.line()
                            + " characters")
                    : RawRow.of(number, number, node);
        } catch (IOException | RuntimeException failure) {
            broken = failure.getMessage();
            return next();
        }
    }

    private static ObjectNode object(Group row) {
        ObjectNode node = NODES.objectNode();
        GroupType type = row.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            node.set(type.getFieldName(field), value(row, field, type.getType(field)));
        }
        return node;
    }

    private static JsonNode value(Group row, int field, Type type) {
        int count = row.getFieldRepetitionCount(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            ArrayNode all = NODES.arrayNode();
            for (int at = 0; at < count; at++) {
                all.add(single(row, field, at, type));
            }
            return all;
        }
        return count == 0 ? NODES.nullNode() : single(row, field, 0, type);
    }

    private static JsonNode single(Group row, int field, int at, Type type) {
        if (!type.isPrimitive()) {
            Group inner = row.getGroup(field, at);
            return type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                    ? list(inner) : object(inner);
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY -> NODES.textNode(row.getBinary(field, at).toStringUsingUTF8());
            case INT32 -> NODES.numberNode(row.getInteger(field, at));
            case INT64 -> NODES.numberNode(row.getLong(field, at));
            case FLOAT -> NODES.numberNode(row.getFloat(field, at));
            case DOUBLE -> NODES.numberNode(row.getDouble(field, at));
            case BOOLEAN -> NODES.booleanNode(row.getBoolean(field, at));
            case INT96 -> NODES.textNode(row.getValueToString(field, at));
        };
    }

    /** A list is a group of one repeated group of one field; old writers leave the inner group out. */
    private static JsonNode list(Group list) {
        ArrayNode all = NODES.arrayNode();
        Type repeated = list.getType().getType(0);
        for (int at = 0; at < list.getFieldRepetitionCount(0); at++) {
            if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
                all.add(single(list, 0, at, repeated));
            } else {
                Group holder = list.getGroup(0, at);
                all.add(value(holder, 0, holder.getType().getType(0)));
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
