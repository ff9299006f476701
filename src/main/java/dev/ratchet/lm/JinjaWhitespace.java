package dev.ratchet.lm;

/**
 * Applies Jinja's whitespace control to a template's text, so that what remains means the same without any.
 *
 * <p>As transformers sets it: a block or comment takes the blanks before it on its line and the newline after it; a minus
 * sign in any tag takes all whitespace on its side, a plus sign none; the template's last newline is dropped. Comments go,
 * and so do the {@code generation} tags of training templates, which print nothing.
 */
final class JinjaWhitespace {
    private JinjaWhitespace() {
    }

    static String resolve(String source) {
        String template = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean strip = false;
        boolean dropNewline = false;
        while (true) {
            int open = nextTag(template, at);
            String text = template.substring(at, open < 0 ? template.length() : open);
            if (strip) {
                text = text.stripLeading();
            } else if (dropNewline) {
                text = text.startsWith("\r\n") ? text.substring(2) : text.startsWith("\n") ? text.substring(1) : text;
            }
            if (open < 0) {
                return out.append(text).toString();
            }
            char kind = template.charAt(open + 1);
            int close = end(template, open + 2, kind);
            char first = template.charAt(open + 2);
            char last = template.charAt(close - 1);
            if (first == '-') {
                text = text.stripTrailing();
            } else if (kind != '{' && first != '+') {
                int indent = indent(template, open);
                text = text.substring(0, Math.max(0, text.length() - indent));
            }
            out.append(text);
            int from = open + (first == '-' || first == '+' ? 3 : 2);
            int to = Math.max(from, close - (last == '-' || last == '+' ? 1 : 0));
            String inside = template.substring(from, to).strip();
            if (kind != '#' && !(kind == '%' && (inside.equals("generation") || inside.equals("endgeneration")))) {
                out.append('{').append(kind).append(' ').append(inside).append(' ').append(kind == '{' ? '}' : kind)
                        .append('}');
            }
            strip = last == '-';
            dropNewline = kind != '{' && last != '+' && last != '-';
            at = close + 2;
        }
    }

    /** How many blanks stand before a tag that is the first of its line; 0 where it is not. */
    private static int indent(String template, int open) {
        int at = open;
        while (at > 0 && (template.charAt(at - 1) == ' ' || template.charAt(at - 1) == '\t')) {
            at--;
        }
        return at == 0 || template.charAt(at - 1) == '\n' ? open - at : 0;
    }

    private static int nextTag(String template, int from) {
        for (int i = from; i + 2 < template.length(); i++) {
            if (template.charAt(i) == '{' && "{%#".indexOf(template.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The place of the tag's closing mark; quotes hide it, but not in comments. */
    private static int end(String template, int from, char kind) {
        String mark = (kind == '{' ? '}' : kind) + "}";
        char quote = 0;
        for (int i = from; i + 1 < template.length(); i++) {
            char c = template.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (kind != '#' && (c == '\'' || c == '"')) {
                quote = c;
            } else if (template.startsWith(mark, i)) {
                return i;
            }
        }
        throw new ModelFormatException("The chat template has a tag that does not end: "
                + template.substring(from - 2, Math.min(template.length(), from + 40)) + ".");
    }
}
