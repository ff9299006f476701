package dev.ratchet.lm.jinja;

/** One token of a tag; a literal has its value. */
record Token(Kind kind, String text, Object value) {
    enum Kind {
        NAME, LITERAL, OPERATOR, END
    }

    boolean is(String name) {
        return text.equals(name) && (kind == Kind.NAME || kind == Kind.OPERATOR);
    }
}
