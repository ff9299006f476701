package dev.ratchet.dataset.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ratchet.lm.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Rows as Parquet, compressed by Zstandard: messages are lists of groups, other JSON is text. */
final class ParquetFile implements RowFile {
    /** What is held in memory until it is written; the library's 128 MiB would be too much for each export. */
    private static final long ROW_GROUP = 16L << 20;
    private static final ObjectReader MESSAGES = new ObjectMapper().readerForListOf(Message.class);

    private final ParquetWriter<Object[]> writer;

    ParquetFile(List<Column> columns, OutputStream out) throws IOException {
        writer = new Builder(new Target(out), columns).withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD).withRowGroupSize(ROW_GROUP).build();
    }

    @Override
    public boolean take(Object... values) throws IOException {
        writer.write(values);
        return true;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static MessageType schema(List<Column> columns) {
        return new MessageType("row", columns.stream().map(ParquetFile::field).toList());
    }

    private static Type field(Column column) {
        return switch (column.type()) {
            case TEXT, JSON -> text(column.name());
            case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case TEXTS -> Types.optionalList().element(text("element")).named(column.name());
            case MESSAGES, ANSWER -> Types.optionalList()
                    .optionalGroupElement().addField(text("role")).addField(text("content")).named(column.name());
        };
    }

    private static Type text(String name) {
        return Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }

    /** Hands rows to the library's writer. */
    private static final class Support extends WriteSupport<Object[]> {
        private final List<Column> columns;
        private RecordConsumer to;

        Support(List<Column> columns) {
            this.columns = columns;
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema(columns), java.util.Map.of());
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in the library, which calls the one above
        public WriteContext init(org.apache.hadoop.conf.Configuration configuration) {
            return init((ParquetConfiguration) null);
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            to = consumer;
        }

        @Override
        public void write(Object[] row) {
            to.startMessage();
            for (int i = 0; i < row.length; i++) {
                if (row[i] != null) {
                    to.startField(columns.get(i).name(), i);
                    value(columns.get(i).type(), row[i]);
                    to.endField(columns.get(i).name(), i);
                }
            }
            to.endMessage();
        }

        private void value(Column.Type type, Object value) {
            switch (type) {
                case TEXT, JSON -> to.addBinary(Binary.fromString((String) value));
                case WHOLE -> to.addLong((Long) value);
                case NUMBER -> to.addDouble((Double) value);
                case TRUTH -> to.addBoolean((Boolean) value);
                case TEXTS -> list(List.of((String[]) value), text -> to.addBinary(Binary.fromString(text)));
                case MESSAGES -> list(messages((String) value), this::message);
                case ANSWER -> list(List.of(Message.assistant((String) value)), this::message);
            }
        }

        private void message(Message message) {
            to.startGroup();
            field("role", 0, message.role());
            field("content", 1, message.content());
            to.endGroup();
        }

        private void field(String name, int place, String text) {
            to.startField(name, place);
            to.addBinary(Binary.fromString(text));
            to.endField(name, place);
        }

        private <T> void list(List<T> items, java.util.function.Consumer<T> write) {
            to.startGroup();
            if (!items.isEmpty()) {
                to.startField("list", 0);
                for (T item : items) {
                    to.startGroup();
                    to.startField("element", 0);
                    write.accept(item);
                    to.endField("element", 0);
                    to.endGroup();
                }
                to.endField("list", 0);
            }
            to.endGroup();
        }

        private static List<Message> messages(String json) {
            try {
                return MESSAGES.readValue(json);
            } catch (IOException unreadable) {
                throw new IllegalStateException("A stored prompt is not a list of messages", unreadable);
            }
        }
    }

    /** Makes the library's writer. */
    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final List<Column> columns;

        Builder(OutputFile file, List<Column> columns) {
            super(file);
            this.columns = columns;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new Support(columns);
        }

        @Override
        protected WriteSupport<Object[]> getWriteSupport(org.apache.hadoop.conf.Configuration configuration) {
            return new Support(columns);
        }
    }

    /** A stream that only goes forward: all that the format needs. */
    private record Target(OutputStream out) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new PositionOutputStream() {
                private long position;

                @Override
                public long getPos() {
                    return position;
                }

                @Override
                public void write(int one) throws IOException {
                    out.write(one);
                    position++;
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                    position += length;
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
