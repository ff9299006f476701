package dev.ratchet.training.worker;

import dev.ratchet.training.RunFolder;
import dev.ratchet.training.RunInputs;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/** Does one run in a process of its own: {@code worker --run DIR}. It knows the folder and nothing else. */
public final class WorkerMain {
    /** The run failed; {@code error.txt} says why. */
    static final int FAILED = 1;

    private WorkerMain() {}

    public static void main(String... arguments) {
        if (arguments.length != 2 || !arguments[0].equals("--run") || !Files.isDirectory(Path.of(arguments[1]))) {
            System.err.println("Usage: worker --run DIR, where DIR is the folder of a run.");
            System.exit(2);
        }
        // Native threads must not keep a finished worker alive.
        Runtime.getRuntime().halt(run(new RunFolder(Path.of(arguments[1]))));
    }

    private static int run(RunFolder folder) {
        Heartbeat.start(folder);
        try {
            if (folder.finished().isEmpty()) {
                RunSpec spec = folder.read(folder.spec(), RunSpec.class);
                System.setProperty("ratchet.threads", Integer.toString(spec.compute().threads()));
                RunInputs inputs = folder.read(folder.inputs(), RunInputs.class);
                try (ProgressLog progress = ProgressLog.open(folder)) {
                    RunResult result = new Job(spec, inputs, folder, progress).run();
                    folder.write(folder.result(), result);
                }
            }
            return 0;
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            folder.fail(oneLine(e));
            return FAILED;
        }
    }

    private static String oneLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replaceAll("\\s+", " ");
    }
}
