package dev.ratchet.intake.format;

import java.util.Arrays;
import java.util.Optional;

/** How rows stand in a file. */
public enum Container {
    JSON_LINES("jsonl", "JSON Lines, one object a line"),
    JSON_ARRAY("json", "JSON, one array of objects"),
    CSV("csv", "CSV with a line of column names"),
    TEXT("text", "Plain text"),
    PARQUET("parquet", "Parquet");

    private final String id;
    private final String title;

    Container(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public static Optional<Container> of(String id) {
        return Arrays.stream(values()).filter(container -> container.id.equals(id)).findFirst();
    }
}
