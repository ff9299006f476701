package dev.ratchet.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a run's stored metrics into curves: one series a metric, thinned to what a screen can show. */
final class RunCurves {
    private static final int MOST_POINTS = 600;

    private RunCurves() {}

    /** @param metrics in order of their steps */
    static List<RunPageView.Series> of(List<RunMetric> metrics) {
        int every = Math.max(1, (int) Math.ceil(metrics.size() / (double) MOST_POINTS));
        List<RunMetric> kept = new ArrayList<>();
        for (int at = 0; at < metrics.size(); at++) {
            if (at % every == 0 || at == metrics.size() - 1) {
                kept.add(metrics.get(at));
            }
        }
        Map<String, RunPageView.Series> series = new LinkedHashMap<>();
        for (int at = 0; at < kept.size(); at++) {
            for (String name : kept.get(at).metrics.keySet()) {
                series.computeIfAbsent(name, RunCurves::empty);
            }
        }
        for (RunMetric metric : kept) {
            for (RunPageView.Series one : series.values()) {
                Double value = metric.metrics.get(one.name());
                one.steps().add(metric.step);
                one.values().add(value == null || !Double.isFinite(value) ? null : value);
            }
        }
        return series.values().stream()
                .sorted((a, b) -> Integer.compare(rank(a.name()), rank(b.name())))
                .toList();
    }

    private static RunPageView.Series empty(String name) {
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').replace('-', ' ').toLowerCase();
        String label = words.substring(0, 1).toUpperCase() + words.substring(1);
        return new RunPageView.Series(name, label, unit(words), new ArrayList<>(), new ArrayList<>());
    }

    /** The loss stands first, then what people judge a run by. */
    private static int rank(String name) {
        String lower = name.toLowerCase();
        return lower.equals("loss") ? 0 : lower.contains("loss") ? 1 : lower.contains("accuracy") ? 2 : 3;
    }

    private static String unit(String words) {
        if (words.contains("loss") || words.contains("kl") || words.contains("log probab")) {
            return "nats";
        }
        if (words.contains("accuracy") || words.contains("rate") && words.contains("win")) {
            return "share";
        }
        return words.contains("token") ? "tokens" : words.contains("second") ? "s" : "";
    }
}
