package dev.ratchet.app.learn;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A verb as a test runs it: its exit code, and what it printed. */
record Verb(int code, String out, String err) {
    static Verb run(Object command, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(command).setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new Failures())
                .setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return new Verb(line.execute(words), out.toString(), err.toString());
    }
}
