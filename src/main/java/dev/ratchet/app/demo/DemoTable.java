package dev.ratchet.app.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints what one loop came to, or several side by side. */
final class DemoTable {

    private static final int LABEL = 34;
    private static final String REVIEWER = "%-10s %7s  %-22s %-22s %6s  %s%n";

    private final PrintStream out;

    DemoTable(PrintStream out) {
        this.out = out;
    }

    void print(DemoReport report) {
        out.println();
        out.printf(Locale.ROOT, "%-" + LABEL + "s %-26s %s%n",
                "Held-out prompts: " + report.heldOutPrompts(), "before", "after");
        out.println("-".repeat(88));
        row("Gold win rate against the base",
                share(report.goldWinRateBefore(), report.goldWinRateBefore95()),
                share(report.goldWinRate(),
                        new DemoReport.Interval(report.goldWinRateLow95(), report.goldWinRateHigh95())));
        row("Gold score (0 to 10)",
                value(report.goldScoreBefore(), report.goldScoreBefore95()),
                value(report.goldScoreAfter(), report.goldScoreAfter95()));
        report.traits().forEach((trait, share) ->
                row("  replies: " + trait, percent(share.before()), percent(share.after())));
        out.println("-".repeat(88));
        reviewers(report.reviewers());
        out.println("-".repeat(88));
        row("Ratings, pairs trained on", report.ratings() + ", " + report.pairs(), "");
        row("Reward accuracy, held-out pairs",
                percent(report.rewardAccuracyHeldout()) + ", 95% above " + percent(report.rewardAccuracyHeldoutLow95()),
                "");
        row("KL to the base (nats per reply)", String.format(Locale.ROOT, "%.2f", report.klToBase()), "");
        report.gates().forEach(gate ->
                out.printf("  gate %-16s %-10s %s%n", gate.name(), gate.decision(), gate.explanation()));
        row("Promoted", report.promoted() ? "yes" : "no (" + report.decision() + ")", "");
        row("Gate, reward replaced by noise", report.noiseControl(), "");
        out.println("-".repeat(88));
        out.println("Seconds: " + report.seconds().entrySet().stream()
                .map(stage -> stage.getKey().replace('_', ' ') + " " + Math.round(stage.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse(""));
        report.examples().forEach(example -> {
            out.println();
            out.println("  Customer  " + example.prompt());
            out.println("  before    " + example.before());
            out.println("  after     " + example.after() + "  [" + example.servedBy() + "]");
        });
        out.println();
    }

    private void reviewers(List<DemoReport.Reviewer> reviewers) {
        out.printf(REVIEWER, "Reviewer", "ratings", "accuracy", "left share", "weight", "finding");
        reviewers.forEach(one -> out.printf(REVIEWER, one.name(), one.ratings(),
                one.accuracy() == null ? "-" : share(one.accuracy(), one.accuracy95()),
                one.leftShare() == null ? "-" : share(one.leftShare(), one.leftShare95()), number(one.weight()),
                one.findings().isEmpty() ? "-" : String.join(", ", one.findings())));
    }

    /** One column a loop. */
    void printSideBySide(List<DemoReport> reports) {
        out.println();
        line("seed", reports, report -> String.valueOf(report.seed()));
        line("gold win rate", reports, report -> percent(report.goldWinRate()));
        line("  lower 95% bound", reports, report -> percent(report.goldWinRateLow95()));
        line("gold score before", reports, report -> number(report.goldScoreBefore()));
        line("gold score after", reports, report -> number(report.goldScoreAfter()));
        line("reward accuracy", reports, report -> percent(report.rewardAccuracyHeldout()));
        line("KL, nats per reply", reports, report -> number(report.klToBase()));
        line("ratings", reports, report -> String.valueOf(report.ratings()));
        line("pairs", reports, report -> String.valueOf(report.pairs()));
        line("reviewers found", reports, report -> String.valueOf(
                report.reviewers().stream().filter(one -> !one.findings().isEmpty()).count()));
        line("promoted", reports, report -> report.promoted() ? "yes" : "no");
        line("noise refused", reports, report -> report.noiseControl().startsWith("refused") ? "yes" : "no");
        line("seconds", reports, report -> String.valueOf(Math.round(report.seconds().get("total"))));
        long good = reports.stream().filter(report -> report.promoted() && report.goldWinRateLow95() > 0.6).count();
        out.printf("%n%d of %d loops promoted a policy that beats the base with a lower 95%% bound above 60%%.%n%n",
                good, reports.size());
    }

    private void line(String label, List<DemoReport> reports, Function<DemoReport, String> cell) {
        StringBuilder line = new StringBuilder(String.format("%-20s", label));
        reports.forEach(report -> line.append(String.format("%9s", cell.apply(report))));
        out.println(line);
    }

    private void row(String label, String before, String after) {
        out.printf("%-" + LABEL + "s %-26s %s%n", label, before, after);
    }

    private static String share(double estimate, DemoReport.Interval interval) {
        return percent(estimate) + " [" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
    }

    private static String value(double estimate, DemoReport.Interval interval) {
        return number(estimate) + " [" + number(interval.low()) + ", " + number(interval.high()) + "]";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
