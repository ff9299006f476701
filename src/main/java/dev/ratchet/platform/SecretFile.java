package dev.ratchet.platform;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that is made at the first start and kept in the data folder, readable by its owner only. */
final class SecretFile {
    private static final int BYTES = 32;

    private SecretFile() {}

    /** The secret in the file: 32 random bytes in URL-safe Base64, made when the file is absent. */
    static String readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "secret", ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            try {
                Files.move(fresh, file);
            } catch (FileAlreadyExistsException another) {
                // Another process that shares the folder was faster: its secret counts.
                Files.delete(fresh);
            }
        }
        return Files.readString(file).strip();
    }
}
