package dev.ratchet.app.learn;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a piece of work is and when it will end: a bar on a terminal, a line now and then in a log. */
final class Progress implements AutoCloseable {
    private static final int LINE_WIDTH = 120;
    private static final int REFRESH_MILLIS = 250;
    private static final long LINE_NANOS = Duration.ofSeconds(15).toNanos();

    private final PrintStream console;
    private final String name;
    private final ProgressBar bar;
    private long firstDone = -1;
    private long began;
    private long lastLine;

    private Progress(PrintStream console, String name, ProgressBar bar) {
        this.console = console;
        this.name = name;
        this.bar = bar;
        this.began = System.nanoTime();
        this.lastLine = began;
    }

    static Progress of(String name) {
        ProgressBar bar = System.console() == null ? null : ProgressBar.builder().setTaskName(name).setInitialMax(1)
                .setUpdateIntervalMillis(REFRESH_MILLIS).setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, LINE_WIDTH)).build();
        return new Progress(System.err, name, bar);
    }

    /** So many of so many are done; {@code doing} is said beside them. */
    void at(long done, long total, String doing) {
        if (bar != null) {
            bar.maxHint(Math.max(1, total));
            bar.stepTo(done);
            bar.setExtraMessage(doing.isEmpty() ? "" : " " + doing);
            return;
        }
        long now = System.nanoTime();
        if (firstDone < 0) {
            // Work before the first report, such as what a resumed run had done already, says nothing of the speed.
            firstDone = done - 1;
        }
        if (done == total || now - lastLine >= LINE_NANOS) {
            lastLine = now;
            double seconds = (now - began) / 1e9;
            long left = Math.round(seconds / Math.max(1, done - firstDone) * (total - done));
            console.printf(Locale.ROOT, "%s: %d of %d%s%s%n", name, done, total,
                    done == total ? "" : ", about " + duration(left) + " left", doing.isEmpty() ? "" : "  " + doing);
        }
    }

    static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
