package dev.ratchet.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How much of this machine other processes are using, as Linux counts it. */
final class Neighbours {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path OWN = Path.of("/proc/self/stat");
    private static final long MILLIS = 200;
    /** Positions in the lines: idle and waiting for disks; user and system time of the process after its name. */
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int COUNTED = 8;
    private static final int OWN_USER = 11;
    private static final int OWN_SYSTEM = 12;

    private Neighbours() {
    }

    /** The share of all processors in [0, 1], over a fifth of a second; 1 where the system does not say. */
    static double share() {
        try {
            long[] before = ticks();
            Thread.sleep(MILLIS);
            long[] after = ticks();
            double all = after[0] - before[0];
            return all <= 0 ? 1 : Math.max(0, (after[1] - before[1] - (after[2] - before[2])) / all);
        } catch (IOException | RuntimeException e) {
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Ticks of all processors, the busy ones among them, and those of this process. */
    private static long[] ticks() throws IOException {
        List<String> lines = Files.readAllLines(MACHINE);
        long[] machine = Arrays.stream(lines.get(0).trim().split("\\s+")).skip(1).limit(COUNTED)
                .mapToLong(Long::parseLong).toArray();
        String own = Files.readString(OWN);
        String[] fields = own.substring(own.lastIndexOf(')') + 2).split(" ");
        long all = Arrays.stream(machine).sum();
        return new long[] {all, all - machine[IDLE] - machine[WAITING],
                Long.parseLong(fields[OWN_USER]) + Long.parseLong(fields[OWN_SYSTEM])};
    }
}
