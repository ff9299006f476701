package dev.ratchet.app.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** Runs the demo's stages one after the other, each under a progress bar, and keeps how long each took. */
final class Stages {

    private static final int NAME_WIDTH = 24;
    private static final int LINE_WIDTH = 110;
    private static final int REFRESH_MILLIS = 250;

    private final PrintStream console;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Stages(PrintStream console) {
        this.console = console;
    }

    /** What a stage tells while it works. */
    interface Progress {
        void at(long done, long total, String doing);
    }

    /** A stage's work. */
    interface Work<T> {
        T run(Progress progress) throws Exception;
    }

    <T> T run(String name, Work<T> work) throws Exception {
        long start = System.nanoTime();
        try (ProgressBar bar = ProgressBar.builder()
                .setTaskName(String.format("%-" + NAME_WIDTH + "s", name))
                .setInitialMax(1)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(console, LINE_WIDTH))
                .build()) {
            T result = work.run((done, total, doing) -> {
                bar.maxHint(Math.max(total, 1));
                bar.stepTo(done);
                bar.setExtraMessage(doing);
            });
            bar.setExtraMessage("");
            bar.stepTo(bar.getMax());
            return result;
        } finally {
            seconds.merge(key(name), (System.nanoTime() - start) / 1e9, Double::sum);
        }
    }

    /** Seconds of each stage, by its name in lower case with underscores, and their total. */
    Map<String, Double> seconds() {
        Map<String, Double> all = new LinkedHashMap<>();
        seconds.forEach((stage, value) -> all.put(stage, Math.round(value * 100) / 100.0));
        all.put("total", Math.round(seconds.values().stream().mapToDouble(s -> s).sum() * 100) / 100.0);
        return all;
    }

    private static String key(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "_");
    }
}
