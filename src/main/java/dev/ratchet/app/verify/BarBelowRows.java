package dev.ratchet.app.verify;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** A terminal's progress bar that makes room for rows of a table, so that the two never share a line. */
final class BarBelowRows extends ConsoleProgressBarConsumer {
    private final PrintStream console;

    BarBelowRows(PrintStream console) {
        super(console);
        this.console = console;
    }

    // The bar is drawn by a thread of its own.
    @Override
    public synchronized void accept(String bar) {
        super.accept(bar);
        console.flush();
    }

    /** Wipes the bar's line before the rows are printed; the bar comes back below them. */
    synchronized void above(Runnable rows) {
        console.print("\r" + " ".repeat(Math.max(0, getMaxRenderedLength())) + "\r");
        console.flush();
        rows.run();
    }
}
