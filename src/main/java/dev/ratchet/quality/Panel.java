package dev.ratchet.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The tables of the quality page, each of which can be had as CSV. */
enum Panel {
    BURN_DOWN(Panel::burnDown),
    THROUGHPUT(Panel::throughput),
    PEOPLE(Panel::people),
    AGREEMENT(Panel::agreement),
    AGREEMENT_OVER_TIME(Panel::overTime),
    PAIRS(Panel::pairs),
    STRENGTHS(Panel::strengths),
    REVIEWERS(Panel::reviewers),
    FINDINGS(Panel::findings);

    private final Function<QualityReport, CsvTable> table;

    Panel(Function<QualityReport, CsvTable> table) {
        this.table = table;
    }

    static Optional<Panel> of(String name) {
        return Arrays.stream(values()).filter(panel -> panel.fileName().equals(name)).findFirst();
    }

    /** As addresses name it: {@code burn-down}. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String csv(QualityReport report) {
        return table.apply(report).toString();
    }

    private static CsvTable burnDown(QualityReport report) {
        CsvTable table = new CsvTable("day", "tasks_left", "tasks_created", "tasks_completed");
        report.burnDown().days().forEach(day -> table.row(day.day(), day.left(), day.created(), day.completed()));
        return table;
    }

    private static CsvTable throughput(QualityReport report) {
        CsvTable table = new CsvTable("day", "ratings", "people");
        report.throughput().days().forEach(day -> table.row(day.day(), day.ratings(), day.people()));
        return table;
    }

    private static CsvTable people(QualityReport report) {
        CsvTable table = new CsvTable("reviewer", "ratings", "ratings_last_7_days");
        report.throughput().people().forEach(one ->
                table.row(one.reviewer().name(), one.ratings(), one.lastDays()));
        return table;
    }

    private static CsvTable agreement(QualityReport report) {
        CsvTable table = new CsvTable("version", "question", "title", "level", "units", "reviewers", "ratings",
                "alpha", "alpha_low", "alpha_high", "fleiss_kappa", "fleiss_low", "fleiss_high", "mean_cohen_kappa",
                "undefined");
        report.agreement().rows().forEach(row -> table.row(row.version(), row.question(), row.title(), row.level(),
                row.units(), row.reviewers(), row.ratings(), row.alpha().value(), row.alpha().low(),
                row.alpha().high(), row.fleiss().value(), row.fleiss().low(), row.fleiss().high(), row.cohen().value(),
                row.alpha().undefined()));
        return table;
    }

    private static CsvTable overTime(QualityReport report) {
        CsvTable table = new CsvTable("from_day", "units", "alpha", "alpha_low", "alpha_high", "undefined");
        report.agreement().overTime().forEach(point -> table.row(point.day(), point.units(), point.alpha().value(),
                point.alpha().low(), point.alpha().high(), point.alpha().undefined()));
        return table;
    }

    private static CsvTable pairs(QualityReport report) {
        CsvTable table = new CsvTable("first", "second", "units", "cohen_kappa", "low", "high", "undefined");
        report.agreement().pairs().forEach(pair -> table.row(pair.first().name(), pair.second().name(), pair.units(),
                pair.kappa().value(), pair.kappa().low(), pair.kappa().high(), pair.kappa().undefined()));
        return table;
    }

    private static CsvTable strengths(QualityReport report) {
        CsvTable table = new CsvTable("strength", "comparisons", "share", "low", "high");
        report.strengths().steps().forEach(step -> table.row(step.isNumber() ? (Object) Integer.valueOf(step.step())
                : step.step(), step.count(), step.share().value(), step.share().low(), step.share().high()));
        return table;
    }

    private static CsvTable reviewers(QualityReport report) {
        CsvTable table = new CsvTable("reviewer", "ratings", "left", "choices", "left_share", "left_low", "left_high",
                "gold_right", "gold_answered", "gold_accuracy", "gold_low", "gold_high", "seconds_lower_quartile",
                "seconds_median", "seconds_upper_quartile", "accuracy", "accuracy_low", "accuracy_high", "labels",
                "effective_labels", "weight");
        for (ReviewerFigures one : report.reviewers()) {
            ReviewerFigures.Sides sides = one.sides();
            ReviewerFigures.Gold gold = one.gold();
            ReviewerFigures.Times times = one.times();
            ReviewerFigures.Reliability sure = one.reliability();
            Estimate none = Estimate.undefined("");
            Estimate left = sides == null ? none : sides.share();
            Estimate right = gold == null ? none : gold.accuracy();
            Estimate accuracy = sure == null ? none : sure.accuracy();
            table.row(one.reviewer().name(), one.ratings(), sides == null ? null : sides.left(),
                    sides == null ? null : sides.choices(), left.value(), left.low(), left.high(),
                    gold == null ? null : gold.right(), gold == null ? null : gold.answered(), right.value(),
                    right.low(), right.high(), times == null ? null : times.lowerQuartile(),
                    times == null ? null : times.median(), times == null ? null : times.upperQuartile(),
                    accuracy.value(), accuracy.low(), accuracy.high(), sure == null ? null : sure.labels(),
                    sure == null ? null : sure.effectiveLabels(), sure == null ? null : sure.weight());
        }
        return table;
    }

    private static CsvTable findings(QualityReport report) {
        CsvTable table = new CsvTable("reviewer", "finding", "evidence", "probability");
        report.reviewers().forEach(one -> one.findings().forEach(found ->
                table.row(one.reviewer().name(), found.kind(), found.evidence(), found.probability())));
        return table;
    }
}
