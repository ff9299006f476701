package dev.ratchet.dataset.export;

/** A field of an exported row. */
record Column(String name, Type type) {

    /** What a field holds, and how it stands in a row: see {@link Row}. */
    enum Type {
        /** A {@code String}. */
        TEXT,
        /** A {@code Long}. */
        WHOLE,
        /** A {@code Double}. */
        NUMBER,
        /** A {@code Boolean}. */
        TRUTH,
        /** A {@code String[]}. */
        TEXTS,
        /** A {@code String} of JSON: a list of messages, each with role and content. */
        MESSAGES,
        /** A {@code String}: the content of the assistant's one message, which is a list of messages in the row. */
        ANSWER,
        /** A {@code String} of JSON; text in the forms that have no such thing. */
        JSON
    }

    static Column of(String name, Type type) {
        return new Column(name, type);
    }
}
