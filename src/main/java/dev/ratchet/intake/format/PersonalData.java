package dev.ratchet.intake.format;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is likely personal data: e-mail addresses, IBANs and card numbers whose check digits hold, IP addresses
 * and telephone numbers. Names of people are not looked for. What is found is replaced by its kind, as {@code [email]},
 * so that the same text gives the same text.
 */
public final class PersonalData {
    /** What can be found, in the order in which it is looked for: an IBAN is no telephone number. */
    public enum Kind {
        EMAIL("[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}+", text -> true),
        IBAN("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b", PersonalData::isIban),
        CARD("(?<![\\d.,-])\\d(?:[ -]?\\d){12,18}(?![\\d.,]\\d|\\d)", PersonalData::isCard),
        IP("(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.]\\d|\\d)"
                + "|(?<![\\p{XDigit}:])(?:\\p{XDigit}{1,4}:){7}\\p{XDigit}{1,4}(?![\\p{XDigit}:])", PersonalData::isIp),
        PHONE("(?<![\\p{L}\\d.,/-])(?:\\+|00|0)[1-9](?:[ ()./-]{0,2}\\d){6,13}(?![\\d]|[.,-]\\d)"
                + "|(?<![\\p{L}\\d.,/-])\\(?[2-9]\\d{2}\\)?[ .-]\\d{3}[ .-]\\d{4}(?![\\d]|[.,-]\\d)", text -> true);

        private final Pattern pattern;
        private final Predicate<String> holds;

        Kind(String pattern, Predicate<String> holds) {
            this.pattern = Pattern.compile(pattern);
            this.holds = holds;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private PersonalData() {}

    /** A text with its finds replaced, and how many of each kind there were. */
    public record Masked(String text, Map<Kind, Integer> found) {}

    /** Replaces what is found. */
    public static Masked mask(String text) {
        Traces traces = Traces.of(text);
        Map<Kind, Integer> found = new EnumMap<>(Kind.class);
        String left = text;
        for (Kind kind : Kind.values()) {
            if (traces.allow(kind)) {
                left = mask(kind, left, found);
            }
        }
        return new Masked(left, found);
    }

    private static String mask(Kind kind, String text, Map<Kind, Integer> found) {
        Matcher matcher = kind.pattern.matcher(text);
        StringBuilder masked = null;
        int from = 0;
        while (matcher.find()) {
            if (kind.holds.test(matcher.group())) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, from, matcher.start()).append('[').append(kind.id()).append(']');
                from = matcher.end();
                found.merge(kind, 1, Integer::sum);
            }
        }
        return masked == null ? text : masked.append(text, from, text.length()).toString();
    }

    /** What one pass over a text sees, which spares most texts the patterns. */
    private record Traces(int digits, int dots, int colons, int longestCode, boolean at) {
        static Traces of(String text) {
            int digits = 0;
            int dots = 0;
            int colons = 0;
            int code = 0;
            int longestCode = 0;
            boolean at = false;
            for (int place = 0; place < text.length(); place++) {
                char unit = text.charAt(place);
                boolean digit = unit >= '0' && unit <= '9';
                digits += digit ? 1 : 0;
                dots += unit == '.' ? 1 : 0;
                colons += unit == ':' ? 1 : 0;
                at |= unit == '@';
                code = digit || unit == ' ' || unit >= 'A' && unit <= 'Z' ? code + 1 : 0;
                longestCode = Math.max(longestCode, code);
            }
            return new Traces(digits, dots, colons, longestCode, at);
        }

        /** Whether there is enough of what each find consists of. */
        boolean allow(Kind kind) {
            return switch (kind) {
                case EMAIL -> at;
                case IBAN -> digits >= 4 && longestCode >= 15;
                case CARD -> digits >= 13;
                case IP -> digits >= 4 && dots >= 3 || colons >= 7 && digits > 0;
                case PHONE -> digits >= 7;
            };
        }
    }

    private static boolean isIban(String text) {
        String compact = text.replace(" ", "");
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        (compact.substring(4) + compact.substring(0, 4)).chars()
                .forEach(character -> digits.append(Character.digit(character, 36)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }

    private static boolean isCard(String text) {
        int sum = 0;
        int count = 0;
        for (int place = text.length() - 1; place >= 0; place--) {
            int digit = text.charAt(place) - '0';
            if (digit >= 0 && digit <= 9) {
                int counted = count % 2 == 1 ? digit * 2 : digit;
                sum += counted > 9 ? counted - 9 : counted;
                count++;
            }
        }
        return sum % 10 == 0 && sum > 0;
    }

    private static boolean isIp(String text) {
        if (text.indexOf(':') >= 0) {
            return true;
        }
        for (String part : text.split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
