package dev.ratchet.training.worker;

import dev.ratchet.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** Says every second that the worker lives, and ends it when its parent is gone or when it is asked to. */
final class Heartbeat implements Runnable {
    private static final int ORPHANED = 3;
    private static final int CANCELLED = 4;

    private final RunFolder folder;
    private final Optional<ProcessHandle> parent = ProcessHandle.current().parent();

    private Heartbeat(RunFolder folder) {
        this.folder = folder;
    }

    static void start(RunFolder folder) {
        Thread thread = new Thread(new Heartbeat(folder), "heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (true) {
            if (parent.isPresent() && !parent.get().isAlive()) {
                Runtime.getRuntime().halt(ORPHANED);
            }
            if (Files.exists(folder.cancel())) {
                Runtime.getRuntime().halt(CANCELLED);
            }
            try {
                if (!Files.exists(folder.heartbeat())) {
                    Files.createFile(folder.heartbeat());
                }
                Files.setLastModifiedTime(folder.heartbeat(), FileTime.from(Instant.now()));
                Thread.sleep(1000);
            } catch (IOException e) {
                // A full disk, say: the platform notices the silence.
                System.err.println("No heartbeat: " + e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
