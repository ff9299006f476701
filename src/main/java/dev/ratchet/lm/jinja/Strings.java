package dev.ratchet.lm.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts as Python takes them: its white space, its escapes, code points as its characters. */
final class Strings {
    private Strings() {
    }

    /** As {@code str.isspace} of Python. */
    static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c >= 0x1c && c <= ' ' || c == 0x85 || c == 0xa0 || c == 0x1680
                || c >= 0x2000 && c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
                || c == 0x3000;
    }

    static String strip(String text) {
        return stripLeading(stripTrailing(text));
    }

    static String stripLeading(String text) {
        int begin = 0;
        while (begin < text.length() && isSpace(text.charAt(begin))) {
            begin++;
        }
        return text.substring(begin);
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** As {@code str.strip(chars)}, on either side or both; null strips white space. */
    static String strip(Run run, String text, String characters, boolean leading, boolean trailing) {
        if (characters == null) {
            String left = leading ? stripLeading(text) : text;
            return trailing ? stripTrailing(left) : left;
        }
        run.budget().spend((long) text.length() * characters.length() / 16);
        int begin = 0;
        int end = text.length();
        while (leading && begin < end && characters.indexOf(text.codePointAt(begin)) >= 0) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        while (trailing && end > begin && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(begin, end);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The characters as texts of their own. */
    static List<Object> characters(String text) {
        List<Object> characters = new ArrayList<>(text.length());
        text.codePoints().forEach(c -> characters.add(Character.toString(c)));
        return characters;
    }

    /** As {@code str.split}: at a separator, or at runs of white space where it is null; at most {@code most} cuts. */
    static List<Object> split(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int at = 0;
        if (separator == null) {
            while (true) {
                while (at < text.length() && isSpace(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    return parts;
                }
                if (most >= 0 && parts.size() == most) {
                    parts.add(stripTrailing(text.substring(at)));
                    return parts;
                }
                int begin = at;
                while (at < text.length() && !isSpace(text.charAt(at))) {
                    at++;
                }
                parts.add(text.substring(begin, at));
            }
        }
        if (separator.isEmpty()) {
            throw new TemplateException("The chat template splits at an empty text.");
        }
        for (int next; (most < 0 || parts.size() < most) && (next = text.indexOf(separator, at)) >= 0;
                at = next + separator.length()) {
            parts.add(text.substring(at, next));
        }
        parts.add(text.substring(at));
        return parts;
    }

    /** As {@code str.rsplit} at a separator. */
    static List<Object> splitFromEnd(String text, String separator, long most) {
        if (separator.isEmpty()) {
            throw new TemplateException("The chat template splits at an empty text.");
        }
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int next; (most < 0 || parts.size() < most) && end >= separator.length()
                && (next = text.lastIndexOf(separator, end - separator.length())) >= 0; end = next) {
            parts.add(text.substring(next + separator.length(), end));
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    /** A string literal's text: Python's escapes, unknown ones left as they stand. */
    static String unescape(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != '\\' || i + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char escaped = literal.charAt(++i);
            int simple = "\n\\'\"abfnrtv".indexOf(escaped);
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
            if (simple >= 0) {
                text.append(List.of("", "\\", "'", "\"", "\u0007", "\b", "\f", "\n", "\r", "\t", "\u000b").get(simple));
            } else if (digits > 0) {
                text.appendCodePoint(code(literal, i + 1, digits, 16));
                i += digits;
            } else if (escaped >= '0' && escaped <= '7') {
                int end = i;
                while (end < literal.length() && end < i + 3 && literal.charAt(end) >= '0'
                        && literal.charAt(end) <= '7') {
                    end++;
                }
                text.appendCodePoint(code(literal, i, end - i, 8));
                i = end - 1;
            } else {
                text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    private static int code(String literal, int begin, int digits, int radix) {
        try {
            int code = Integer.parseInt(literal.substring(begin, begin + digits), radix);
            if (Character.isValidCodePoint(code)) {
                return code;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            // Said below.
        }
        throw new TemplateException("The chat template has a broken escape in '" + literal + "'.");
    }
}
