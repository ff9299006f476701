package dev.ratchet.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops what a killed process left running in its data folder: the PostgreSQL server and the workers of runs. Only the
 * holder of the folder's lock may ask for it. Runs go on from their last checkpoint in fresh workers.
 */
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;

    Leftovers(Path data) {
        this.data = data;
    }

    /** Stops them all, and says how many there were. */
    int stop() throws IOException {
        int stopped = stopPostmaster() ? 1 : 0;
        for (ProcessHandle worker : workers()) {
            worker.destroyForcibly();
            awaitEnd(worker);
            stopped++;
        }
        return stopped;
    }

    private boolean stopPostmaster() throws IOException {
        Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        ProcessHandle postmaster = lines.isEmpty() ? null : alive(lines.get(0).strip());
        if (postmaster == null) {
            return false;
        }
        if (!arguments(postmaster).contains(data.resolve("postgres").toString())) {
            // The number went to another process since, as it does in containers: PostgreSQL would refuse to start.
            Files.delete(pidFile);
            return false;
        }
        interrupt(postmaster);
        if (!awaitEnd(postmaster)) {
            throw new StartFailure("A PostgreSQL server that an earlier start left in " + data
                    + " does not stop: end the process " + postmaster.pid() + " by hand, then start again.");
        }
        return true;
    }

    /** Java processes that were started as a worker for this data folder. */
    private List<ProcessHandle> workers() {
        long own = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != own)
                .filter(process -> isWorker(arguments(process)))
                .toList();
    }

    private boolean isWorker(List<String> arguments) {
        boolean works = arguments.stream()
                .anyMatch(argument -> argument.equals("worker") || argument.endsWith("WorkerMain"));
        return works && arguments.stream().anyMatch(this::isInData);
    }

    private boolean isInData(String argument) {
        String path = argument.substring(argument.indexOf('=') + 1);
        return path.startsWith("/") && Path.of(path).normalize().startsWith(data);
    }

    /** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave. */
    private static void interrupt(ProcessHandle process) throws IOException {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException still) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ProcessHandle alive(String pid) {
        return pid.matches("[0-9]{1,9}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).orElse(null)
                : null;
    }

    /** The whole command line; Java's own answer leaves long ones out. */
    private static List<String> arguments(ProcessHandle process) {
        Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
        try {
            if (Files.isReadable(file)) {
                return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
            }
        } catch (IOException gone) {
            return List.of();
        }
        return process.info().arguments().map(List::of).orElse(List.of());
    }
}
