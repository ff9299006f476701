package dev.ratchet.platform;

import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/**
 * A formula in TeX: {@code $…$} or {@code \(…\)} in a line, {@code $$…$$} or {@code \[…\]} on lines of its own.
 *
 * <p>A dollar opens a formula only before a character that is no space, and closes it only after one that is none and
 * before one that is no digit, as in Pandoc: "$5 or $10" is money.
 */
final class Mathematics extends CustomNode {
    private final String source;
    private final boolean display;

    private Mathematics(String source, boolean display) {
        this.source = source;
        this.display = display;
    }

    /** The formula with its delimiters, as it was written. */
    String source() {
        return source;
    }

    /** Whether it stands on lines of its own. */
    boolean display() {
        return display;
    }

    /** Reads formulas before anything in them is taken for emphasis or an escape. */
    static final class Factory implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$', '\\');
        }

        @Override
        public InlineContentParser create() {
            return Mathematics::parse;
        }
    }

    private static ParsedInline parse(InlineParserState state) {
        Scanner scanner = state.scanner();
        Position start = scanner.position();
        if (scanner.next("$$")) {
            return upTo(scanner, start, "$$", true);
        } else if (scanner.next("\\[")) {
            return upTo(scanner, start, "\\]", true);
        } else if (scanner.next("\\(")) {
            return upTo(scanner, start, "\\)", false);
        } else if (scanner.next('$') && scanner.hasNext() && !Character.isWhitespace(scanner.peek())) {
            return upTo(scanner, start, "$", false);
        }
        return ParsedInline.none();
    }

    private static ParsedInline upTo(Scanner scanner, Position start, String end, boolean display) {
        boolean empty = true;
        char before = ' ';
        while (scanner.hasNext()) {
            boolean mayEnd = !empty && (!end.equals("$") || !Character.isWhitespace(before));
            if (mayEnd && scanner.next(end)) {
                if (end.equals("$") && Character.isDigit(scanner.peek())) {
                    return ParsedInline.none();
                }
                String source = scanner.getSource(start, scanner.position()).getContent();
                return ParsedInline.of(new Mathematics(source, display), scanner.position());
            }
            before = scanner.peek();
            if (before == '\\' && !end.startsWith("\\")) {
                scanner.next();
            }
            scanner.next();
            empty = false;
        }
        return ParsedInline.none();
    }
}
