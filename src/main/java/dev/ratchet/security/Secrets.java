package dev.ratchet.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes secrets that are shown once and kept as a digest. */
@ApplicationScoped
public class Secrets {
    private static final int BYTES = 32;
    private static final int PASSWORD_BYTES = 12;

    private final SecureRandom random = new SecureRandom();

    /** A fresh secret of 256 random bits: letters, digits, hyphens and underscores after the prefix. */
    public String fresh(String prefix) {
        return prefix + encoded(BYTES);
    }

    /** A password that somebody types once, and then changes. */
    String freshPassword() {
        return encoded(PASSWORD_BYTES);
    }

    /** What is stored of a secret: SHA-256 is enough, for nobody can try out 2^256 of them. */
    public static String digest(String secret) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    private String encoded(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
