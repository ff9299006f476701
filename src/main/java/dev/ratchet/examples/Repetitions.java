package dev.ratchet.examples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Which examples came before, and in which row. */
final class Repetitions {
    private final Map<String, Long> rows = new HashMap<>();

    /** Notes an example; a warning where it, or its opposite, was there before, else null. */
    Problem add(long row, Object identity, Object opposite) {
        Long same = rows.putIfAbsent(digest(identity), row);
        if (same != null) {
            return new Problem(row, Fault.DUPLICATE, "repeats row " + same);
        }
        Long other = opposite == null ? null : rows.get(digest(opposite));
        return other == null ? null : new Problem(row, Fault.CONTRADICTION, "says the opposite of row " + other);
    }

    private static String digest(Object identity) {
        return digest(identity.toString());
    }

    /** SHA-256 in hexadecimal. */
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }
}
