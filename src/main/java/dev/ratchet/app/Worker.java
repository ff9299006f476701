package dev.ratchet.app;

import dev.ratchet.training.worker.WorkerMain;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The verb under which the application starts the process of a run. */
@Command(name = "worker", description = "The process of one run; the application starts it.", hidden = true)
final class Worker implements Runnable {
    @Unmatched
    private List<String> args = new ArrayList<>();

    @Override
    public void run() {
        WorkerMain.main(args.toArray(String[]::new));
    }
}
