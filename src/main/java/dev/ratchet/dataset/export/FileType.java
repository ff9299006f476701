package dev.ratchet.dataset.export;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forms of a file; its name ends in {@link #ending}. */
enum FileType {
    JSON_LINES("jsonl", "application/jsonl"),
    COMPRESSED_JSON_LINES("jsonl.gz", "application/gzip"),
    CSV("csv", "text/csv"),
    PARQUET("parquet", "application/vnd.apache.parquet"),
    /** A folder as the Hugging Face hub has it: a card, and one file of JSON Lines for each split. */
    FOLDER("zip", "application/zip"),
    CARD("md", "text/markdown");

    private final String ending;
    private final String mediaType;

    FileType(String ending, String mediaType) {
        this.ending = ending;
        this.mediaType = mediaType;
    }

    static Optional<FileType> of(String ending) {
        return Arrays.stream(values()).filter(type -> type.ending.equals(ending)).findFirst();
    }

    static List<String> endings() {
        return Arrays.stream(values()).map(FileType::ending).toList();
    }

    String ending() {
        return ending;
    }

    String mediaType() {
        return mediaType;
    }
}
