package dev.ratchet.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a reviewer said of two answers; an undone rating is {@link #WITHDRAWN}. */
public enum Verdict {
    PREFERENCE,
    TIE,
    BOTH_BAD,
    WITHDRAWN;

    /** The value in the database, in events, in JSON and in forms. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verdict with a {@link #code()}; empty for any other text. */
    public static Optional<Verdict> of(String code) {
        return Arrays.stream(values()).filter(verdict -> verdict.code().equals(code)).findFirst();
    }
}
