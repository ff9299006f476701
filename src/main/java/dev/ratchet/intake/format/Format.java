package dev.ratchet.intake.format;

import java.util.Arrays;
import java.util.Optional;

/** What the fields of a row mean. */
public enum Format {
    TRL_PREFERENCE("trl-preference"),
    HH_RLHF("hh-rlhf"),
    ULTRAFEEDBACK("ultrafeedback-binarized"),
    HELPSTEER2("helpsteer2"),
    ARGILLA("argilla"),
    LABEL_STUDIO("label-studio"),
    CHAT("openai-chat"),
    OPENASSISTANT("openassistant"),
    DOCUMENTS("documents"),
    PROMPTS("prompts"),
    COLUMNS("columns");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<Format> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }
}
