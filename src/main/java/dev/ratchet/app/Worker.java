package dev.ratchet.app;

import dev.ratchet.platform.StartFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The verb under which the application starts the process of a run. */
@Command(name = "worker", description = "The process of one run; the application starts it.", hidden = true)
final class Worker implements Runnable {
    private static final String MAIN = "dev.ratchet.training.worker.WorkerMain";

    @Unmatched
    private List<String> args = new ArrayList<>();

    @Override
    public void run() {
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) args.toArray(String[]::new));
        } catch (ReflectiveOperationException failure) {
            throw new StartFailure("the worker did not run: " + failure.getMessage(), failure);
        }
    }
}
