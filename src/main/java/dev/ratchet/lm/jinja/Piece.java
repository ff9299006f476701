package dev.ratchet.lm.jinja;

import java.util.List;

/** A stretch of a template between tags, or one tag's tokens; {@code line} counts from one. */
record Piece(Kind kind, String text, List<Token> tokens, int line) {
    enum Kind {
        TEXT, OUTPUT, BLOCK
    }
}
