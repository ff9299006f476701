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
        return Normalizer.normalize(splitGroup, Normalizer.Form.NFC).toLowerCase(Locale.ROOT)
                .replaceAll("(?U)\\s+", " ").strip();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }
}
