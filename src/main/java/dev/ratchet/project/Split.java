package dev.ratchet.project;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;

/** The side of the data that a prompt belongs to for ever: what models learn from, or what they are measured on. */
public enum Split {
    TRAIN, EVAL;

    private static final int EVAL_PERCENT = 25;

    /**
     * The side of a split group: SHA-256 of the normalised group, its first eight bytes read as an unsigned number,
     * modulo 100; below 25 is {@link #EVAL}. Depends on nothing else, so a group never changes sides.
     *
     * @param splitGroup what must stay together; case, surrounding and repeated white space do not matter
     */
    public static Split of(String splitGroup) {
        byte[] digest = sha256(normalise(splitGroup).getBytes(StandardCharsets.UTF_8));
        long first = ByteBuffer.wrap(digest).getLong();
        return Long.remainderUnsigned(first, 100) < EVAL_PERCENT ? EVAL : TRAIN;
    }

    /** The form in which two groups are compared: NFC, lower case, single spaces, no white space around. */
    public static String normalise(String splitGroup) {
        String folded = isAscii(splitGroup) ? splitGroup : Normalizer.normalize(splitGroup, Normalizer.Form.NFC);
        folded = folded.toLowerCase(Locale.ROOT);
        StringBuilder single = new StringBuilder(folded.length());
        boolean space = false;
        for (int at = 0; at < folded.length(); at++) {
            char unit = folded.charAt(at);
            boolean white = isWhiteSpace(unit);
            if (!white) {
                single.append(unit);
            } else if (!space) {
                single.append(' ');
            }
            space = white;
        }
        return single.toString().strip();
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Unicode's property White_Space, which is not Java's. */
    private static boolean isWhiteSpace(char unit) {
        return unit == ' ' || unit >= 0x09 && unit <= 0x0D || unit == 0x85 || unit == 0xA0 || unit == 0x1680
                || unit >= 0x2000 && unit <= 0x200A || unit == 0x2028 || unit == 0x2029 || unit == 0x202F
                || unit == 0x205F || unit == 0x3000;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }
}
