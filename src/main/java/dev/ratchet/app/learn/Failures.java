package dev.ratchet.app.learn;

import dev.ratchet.examples.LintException;
import dev.ratchet.lm.ContextLengthException;
import dev.ratchet.lm.DivergenceException;
import dev.ratchet.lm.ModelFormatException;
import dev.ratchet.tensor.TensorFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Says what went wrong in one line: 2 for what was given, 1 for what failed, 130 for an interrupted run. */
public final class Failures
        implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    private static final int INTERRUPTED = 130;

    @Override
    public int handleParseException(CommandLine.ParameterException failure, String[] words) {
        CommandLine commandLine = failure.getCommandLine();
        commandLine.getErr().println("ratchet: " + failure.getMessage() + " (--help lists verbs and options)");
        commandLine.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        int code;
        String message = failure.getMessage();
        if (failure instanceof Refusal || failure instanceof LintException || failure instanceof ModelFormatException
                || failure instanceof ContextLengthException || failure instanceof TensorFormatException) {
            code = CommandLine.ExitCode.USAGE;
        } else if (failure instanceof Interruption.Interrupted) {
            return INTERRUPTED;
        } else if (failure instanceof NoSuchFileException) {
            code = CommandLine.ExitCode.USAGE;
            message = "There is no file " + message + ".";
        } else if (failure instanceof DivergenceException || failure instanceof IOException
                || failure instanceof UncheckedIOException || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException || failure instanceof UnsupportedOperationException) {
            code = CommandLine.ExitCode.SOFTWARE;
        } else {
            throw failure;
        }
        commandLine.getErr().println("ratchet: " + message);
        commandLine.getErr().flush();
        return code;
    }
}
