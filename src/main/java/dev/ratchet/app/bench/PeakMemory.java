package dev.ratchet.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process held at once, as Linux counts it. */
final class PeakMemory {
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private PeakMemory() {
    }

    /** Gigabytes (1e9 bytes) of this process since the last reset or the start; NaN where the system does not say. */
    static double gigabytes() {
        return gigabytes(ProcessHandle.current().pid());
    }

    /** Gigabytes (1e9 bytes) of a process since its start; NaN where the system does not say. */
    static double gigabytes(long process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e9;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }

    /** Begins to count anew from what is held now, where the system allows it. */
    static void reset() {
        System.gc();
        try {
            Files.writeString(CLEAR, "5");
        } catch (IOException e) {
            // Then the peak stays that of the whole process, which is never too small.
            return;
        }
    }
}
