package dev.ratchet.app;

import dev.ratchet.app.bench.Bench;
import dev.ratchet.app.demo.BaseModelCommand;
import dev.ratchet.app.learn.Convert;
import dev.ratchet.app.learn.Curve;
import dev.ratchet.app.learn.Evaluate;
import dev.ratchet.app.learn.Failures;
import dev.ratchet.app.learn.Generate;
import dev.ratchet.app.learn.Merge;
import dev.ratchet.app.learn.Score;
import dev.ratchet.app.learn.Train;
import dev.ratchet.app.verify.Verify;
import dev.ratchet.platform.StartFailure;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Dispatches the verbs of the command line, before Quarkus boots. */
@QuarkusMain
@Command(
        name = "ratchet",
        description = "Turns people's judgements of model outputs into a better model,"
                + " and never lets a worse one through.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "VERB",
        subcommands = {Serve.class, Demo.class, BaseModelCommand.class, Broker.class, Worker.class,
            Train.class, Generate.class, Score.class, Evaluate.class, Curve.class, Convert.class, Merge.class,
            Verify.class, Bench.class})
public final class Main {
    private static final List<String> ABOUT = List.of("-h", "--help", "-V", "--version");

    /**
     * Runs a verb; {@code serve} when none is given. Ends the process with 1 on a failure, with 2 on a wrong command
     * line.
     */
    public static void main(String... args) {
        int code = commandLine().execute(withVerb(args));
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(new Failures())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    if (!(failure instanceof StartFailure)) {
                        return new Failures().handleExecutionException(failure, commandLine, parsed);
                    }
                    System.err.println("ratchet: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    static String[] withVerb(String... args) {
        if (args.length > 0 && (!args[0].startsWith("-") || ABOUT.contains(args[0]))) {
            return args;
        }
        List<String> withVerb = new ArrayList<>(List.of(args));
        withVerb.add(0, "serve");
        return withVerb.toArray(String[]::new);
    }
}
