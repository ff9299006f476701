package dev.ratchet.task;

import java.util.Locale;

/** What a reviewer said of two answers; an undone rating is {@link #WITHDRAWN}. */
public enum Verdict {
    PREFERENCE,
    TIE,
    BOTH_BAD,
    WITHDRAWN;

    /** The value in the database, in events and in forms. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
