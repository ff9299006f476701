package dev.ratchet.intake.format;

import java.util.Arrays;
import java.util.Optional;

/** What the fields of a row mean. */
public enum Format {
    TRL_PREFERENCE("trl-preference", "TRL preference (chosen, rejected; the prompt apart or in both)"),
    HH_RLHF("hh-rlhf", "hh-rlhf transcripts of Human and Assistant"),
    ULTRAFEEDBACK("ultrafeedback-binarized", "UltraFeedback, binarized"),
    HELPSTEER2("helpsteer2", "HelpSteer2 (response with five scores)"),
    ARGILLA("argilla", "Argilla export"),
    LABEL_STUDIO("label-studio", "Label Studio export"),
    CHAT("openai-chat", "Chat logs in OpenAI's format (messages)"),
    OPENASSISTANT("openassistant", "OpenAssistant trees"),
    DOCUMENTS("documents", "Documents of a domain (text)"),
    PROMPTS("prompts", "Prompts alone"),
    COLUMNS("columns", "Columns that you choose");

    private final String id;
    private final String title;

    Format(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public static Optional<Format> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }
}
