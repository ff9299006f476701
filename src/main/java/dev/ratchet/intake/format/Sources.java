package dev.ratchet.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Opens files. */
final class Sources {
    private Sources() {}

    static RowSource open(Path file, Mapping mapping, Limits limits) throws IOException {
        if (mapping.container() == Container.PARQUET) {
            return new ParquetSource(file, limits);
        }
        InputStream in;
        try {
            in = Unpacked.open(file, limits);
        } catch (java.util.zip.ZipException | java.io.EOFException broken) {
            return new BrokenSource(broken.getMessage());
        }
        return switch (mapping.container()) {
            case JSON_LINES -> new JsonLinesSource(in, limits);
            case JSON_ARRAY -> new JsonArraySource(in, limits);
            case CSV -> new CsvSource(in, mapping.separator(), limits);
            case TEXT -> new TextSource(in, mapping.format() == Format.DOCUMENTS, limits);
            case PARQUET -> throw new IllegalStateException("Parquet is opened as a file");
        };
    }
}
