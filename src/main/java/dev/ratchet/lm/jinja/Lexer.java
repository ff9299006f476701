package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, with whitespace as transformers sets it: {@code trim_blocks} and
 * {@code lstrip_blocks} on, the template's last newline dropped, line ends made {@code \n}.
 */
final class Lexer {
    private final String source;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;
    private int line = 1;
    private int counted;
    /** Whether the tag before ended with a newline, so that blanks before a block tag are its line's indent. */
    private boolean lineStart = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Piece> pieces(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.read();
        return lexer.pieces;
    }

    private void read() {
        while (true) {
            int open = nextTag();
            if (open < 0) {
                text(source.substring(at));
                return;
            }
            String text = source.substring(at, open);
            char kind = source.charAt(open + 1);
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : 0;
            if (sign == '-') {
                text = Strings.stripTrailing(text);
            } else if (sign != '+' && kind != '{') {
                text = withoutIndent(text);
            }
            text(text);
            line = lineOf(open);
            at = open + (sign == '-' || sign == '+' ? 3 : 2);
            if (kind == '#') {
                comment();
            } else if (kind == '{' || !raw()) {
                tag(kind == '{' ? Piece.Kind.OUTPUT : Piece.Kind.BLOCK);
            }
        }
    }

    private int nextTag() {
        for (int i = at; i + 1 < source.length(); i++) {
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(Piece.Kind.TEXT, text, List.of(), line));
        }
    }

    private int lineOf(int place) {
        for (; counted < place; counted++) {
            line += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return line;
    }

    private String withoutIndent(String text) {
        int begin = text.lastIndexOf('\n') + 1;
        boolean blank = Strings.strip(text.substring(begin)).isEmpty();
        return blank && (begin > 0 || lineStart) ? text.substring(0, begin) : text;
    }

    private void comment() {
        int close = source.indexOf("#}", at);
        if (close < 0) {
            throw failure("a comment that does not end");
        }
        at = Math.max(at, close - 1);
        if (!end("#}", true)) {
            at = close;
            end("#}", true);
        }
    }

    /** Passes over a tag's end with the whitespace that it takes; false where none is here. */
    private boolean end(String mark, boolean trimsNewline) {
        boolean strips = source.startsWith("-" + mark, at);
        boolean keeps = trimsNewline && source.startsWith("+" + mark, at);
        if (!strips && !keeps && !source.startsWith(mark, at)) {
            return false;
        }
        at += mark.length() + (strips || keeps ? 1 : 0);
        if (strips) {
            while (at < source.length() && Strings.isSpace(source.charAt(at))) {
                at++;
            }
        } else if (trimsNewline && !keeps && source.startsWith("\n", at)) {
            at++;
        }
        lineStart = source.charAt(at - 1) == '\n';
        return true;
    }

    /** Where the tag is {@code raw}: takes all up to {@code endraw} as text. */
    private boolean raw() {
        int begin = at;
        skipSpace();
        if (!source.startsWith("raw", at) || at + 3 < source.length() && isNamePart(source.charAt(at + 3))) {
            at = begin;
            return false;
        }
        at += 3;
        skipSpace();
        if (!end("%}", false)) {
            throw failure("a raw tag with something in it");
        }
        for (int i = at; (i = source.indexOf("{%", i)) >= 0; i += 2) {
            int from = at;
            char sign = i + 2 < source.length() ? source.charAt(i + 2) : 0;
            at = i + (sign == '-' || sign == '+' ? 3 : 2);
            skipSpace();
            if (source.startsWith("endraw", at)) {
                at += 6;
                skipSpace();
                boolean wasLineStart = lineStart;
                if (end("%}", true)) {
                    String text = source.substring(from, i);
                    boolean after = lineStart;
                    lineStart = wasLineStart;
                    text(sign == '-' ? Strings.stripTrailing(text) : sign == '+' ? text : withoutIndent(text));
                    lineStart = after;
                    return true;
                }
            }
            at = from;
        }
        throw failure("raw without endraw");
    }

    private void tag(Piece.Kind kind) {
        String mark = kind == Piece.Kind.OUTPUT ? "}}" : "%}";
        List<Token> tokens = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw failure("a tag that does not end");
            }
            if (open.isEmpty() && end(mark, kind == Piece.Kind.BLOCK)) {
                tokens.add(new Token(Token.Kind.END, mark, null));
                pieces.add(new Piece(kind, "", List.copyOf(tokens), line));
                return;
            }
            Token token = token();
            tokens.add(token);
            if (token.kind() == Token.Kind.OPERATOR) {
                balance(token.text().charAt(0), open);
            }
        }
    }

    private void balance(char c, StringBuilder open) {
        int opening = "([{".indexOf(c);
        int closing = ")]}".indexOf(c);
        if (opening >= 0) {
            open.append(")]}".charAt(opening));
        } else if (closing >= 0) {
            if (open.isEmpty() || open.charAt(open.length() - 1) != c) {
                throw failure("a '" + c + "' too much");
            }
            open.setLength(open.length() - 1);
        }
    }

    private Token token() {
        char c = source.charAt(at);
        int begin = at;
        if (c == '\'' || c == '"') {
            at++;
            return new Token(Token.Kind.LITERAL, "a text", string(c));
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (isNamePart(c)) {
            while (at < source.length() && isNamePart(source.charAt(at))) {
                at++;
            }
            return new Token(Token.Kind.NAME, source.substring(begin, at), null);
        }
        for (String two : List.of("//", "**", "==", "!=", ">=", "<=")) {
            if (source.startsWith(two, at)) {
                at += 2;
                return new Token(Token.Kind.OPERATOR, two, null);
            }
        }
        if ("+-/*%~[](){}><=.:|,".indexOf(c) < 0) {
            throw failure("an unexpected '" + c + "'");
        }
        at++;
        return new Token(Token.Kind.OPERATOR, String.valueOf(c), null);
    }

    private Token number() {
        int begin = at;
        boolean whole = true;
        digits();
        boolean afterDot = begin > 0 && source.charAt(begin - 1) == '.';
        if (!afterDot && at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            at++;
            digits();
            whole = false;
        }
        if (!afterDot && at + 1 < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
            int sign = source.charAt(at + 1) == '-' || source.charAt(at + 1) == '+' ? 2 : 1;
            if (at + sign < source.length() && isDigit(source.charAt(at + sign))) {
                at += sign;
                digits();
                whole = false;
            }
        }
        String text = source.substring(begin, at).replace("_", "");
        try {
            Object value = whole ? (Object) Long.valueOf(text) : Double.valueOf(text);
            return new Token(Token.Kind.LITERAL, text, value);
        } catch (NumberFormatException e) {
            throw failure("the number " + text + ", which is too large");
        }
    }

    private void digits() {
        while (at < source.length() && (isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
    }

    private String string(char quote) {
        int begin = at;
        for (; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == quote) {
                return Strings.unescape(source.substring(begin, at++));
            }
            if (c == '\\') {
                at++;
            }
        }
        throw failure("a text that does not end");
    }

    private void skipSpace() {
        while (at < source.length() && Strings.isSpace(source.charAt(at))) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private TemplateException failure(String what) {
        return new TemplateException("The chat template has " + what + " in line " + lineOf(Math.min(at,
                source.length())) + ".");
    }
}
