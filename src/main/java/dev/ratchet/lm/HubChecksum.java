package dev.ratchet.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hub identifies a large file by its SHA-256 and a small one by its git blob's SHA-1. */
final class HubChecksum {
    private HubChecksum() {
    }

    /** Whether an entity tag is a checksum. */
    static boolean named(String etag) {
        return etag != null && etag.matches("[0-9a-f]{64}|[0-9a-f]{40}");
    }

    /** Whether a file has the content that an entity tag names; a tag of another kind says nothing. */
    static boolean matches(Path file, String etag) throws IOException {
        if (!named(etag)) {
            return true;
        }
        MessageDigest digest = digest(etag.length() == 64 ? "SHA-256" : "SHA-1");
        if (etag.length() == 40) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[1 << 18];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(etag);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
