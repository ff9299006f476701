package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;

/** A tag's tokens and a place among them. */
final class Tokens {
    private final List<Token> tokens;
    private final int line;
    private int at;

    Tokens(Piece piece) {
        this.tokens = piece.tokens();
        this.line = piece.line();
    }

    Token here() {
        return tokens.get(at);
    }

    Token following() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** The token here; moves on, but never past the end. */
    Token next() {
        Token token = here();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean at(String text) {
        return here().is(text);
    }

    boolean atEnd() {
        return here().kind() == Token.Kind.END;
    }

    boolean take(String text) {
        boolean found = at(text);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String text) {
        if (!take(text)) {
            throw failure("'" + here().text() + "' where '" + text + "' should stand");
        }
    }

    String name() {
        if (here().kind() != Token.Kind.NAME) {
            throw failure("'" + here().text() + "' where a name should stand");
        }
        return next().text();
    }

    String dottedName() {
        StringBuilder name = new StringBuilder(name());
        while (at(".") && following().kind() == Token.Kind.NAME) {
            next();
            name.append('.').append(next().text());
        }
        return name.toString();
    }

    /** What is left, as if a bar stood before it: {@code {% filter name %}} is {@code | name}. */
    Tokens withBarHere() {
        List<Token> rest = new ArrayList<>(List.of(new Token(Token.Kind.OPERATOR, "|", null)));
        rest.addAll(tokens.subList(at, tokens.size()));
        return new Tokens(new Piece(Piece.Kind.BLOCK, "", rest, line));
    }

    void expectEnd() {
        if (!atEnd()) {
            throw failure("'" + here().text() + "' where its tag should end");
        }
    }

    TemplateException failure(String what) {
        return new TemplateException("The chat template has " + what + " in line " + line + ".");
    }
}
