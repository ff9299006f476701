package dev.ratchet.training;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts workers as child processes with the program's own class path. */
@ApplicationScoped
public class LocalLauncher implements Launcher {
    /** Options of a worker's virtual machine; most of its memory is native. */
    @ConfigProperty(name = "ratchet.worker.options", defaultValue = "-Xmx1g,-XX:+UseSerialGC")
    List<String> options;

    @Override
    public Worker launch(RunFolder folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(program());
        command.addAll(List.of("--run", folder.root().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        // A terminal's interrupt reaches the platform first, which then stops its workers in order.
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = builder.start();
        return new Child(process);
    }

    /** Ends a worker that an earlier life of the platform left, if that process still is one of this folder. */
    static void stopOrphan(long processId, RunFolder folder) {
        Optional<ProcessHandle> process = ProcessHandle.of(processId);
        if (process.isPresent() && isWorkerOf(process.get(), folder)) {
            process.get().destroyForcibly();
            process.get().onExit().join();
        }
    }

    private static boolean isWorkerOf(ProcessHandle process, RunFolder folder) {
        try {
            Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            String line = Files.exists(commandLine)
                    ? Files.readString(commandLine).replace('\0', ' ')
                    : process.info().commandLine().orElse("");
            return line.contains(folder.root().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> program() {
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith("quarkus-run.jar")) {
            return List.of("-cp", classPath, "io.quarkus.bootstrap.runner.QuarkusEntryPoint", "worker");
        }
        return List.of("-cp", classPath, "dev.ratchet.training.worker.WorkerMain");
    }

    private record Child(Process process) implements Worker {
        @Override
        public long processId() {
            return process.pid();
        }

        @Override
        public boolean alive() {
            return process.isAlive();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
