package dev.ratchet.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Holds a folder for this process; the operating system lets go of it when the process dies, however it dies. */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = "owner.pid";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder, and makes it first when it is absent.
     *
     * @throws StartFailure when another process holds it, or when it cannot be written
     */
    public static FolderLock take(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(folder)) {
                // Others on this machine have no business in it: it holds secrets and people's words.
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailure("The data folder " + folder + " is in use by " + owner(file)
                        + ": stop it first, or choose another folder with --data.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            return new FolderLock(channel, lock);
        } catch (IOException failure) {
            throw new StartFailure("The data folder " + folder + " cannot be used (" + failure
                    + "): check that it may be written, or choose another with --data.", failure);
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String owner(Path file) throws IOException {
        String pid = Files.readString(file).strip();
        return pid.isEmpty() ? "another process" : "the process " + pid;
    }
}
