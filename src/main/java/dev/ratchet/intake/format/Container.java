package dev.ratchet.intake.format;

import java.util.Arrays;
import java.util.Optional;

/** How rows stand in a file. */
public enum Container {
    JSON_LINES("jsonl"),
    JSON_ARRAY("json"),
    CSV("csv"),
    TEXT("text"),
    PARQUET("parquet");

    private final String id;

    Container(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<Container> of(String id) {
        return Arrays.stream(values()).filter(container -> container.id.equals(id)).findFirst();
    }
}
