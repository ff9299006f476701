package dev.ratchet.quality;

import dev.ratchet.project.ProjectHead;
import dev.ratchet.stats.Quantile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the quality page shows.
 *
 * @param versions of the instructions, newest first
 * @param scales that agreement can be shown on
 * @param groups and {@code tags} that reviewers can be chosen by
 */
record QualityView(ProjectHead head, QualityFilter filter, QualityReport report, List<Integer> versions,
        List<Scale> scales, List<Group> groups, List<String> tags) {

    /** A scale in the filter. */
    record Scale(String name, String title) {}

    /** A group in the filter. */
    record Group(long id, String name) {}

    /** A finding with whose work it is about. */
    record Found(Reviewer reviewer, ReviewerFigures.Found finding) {}

    /** Where the page's data come from, with the same filter. */
    public String api() {
        return "/api/projects/" + head.slug() + "/quality" + filter.query();
    }

    /** Where a panel's numbers are as CSV. */
    public String csv(String panel) {
        return "/api/projects/" + head.slug() + "/quality/" + panel + ".csv" + filter.query();
    }

    /** Where the page's slow part is. */
    public String slow() {
        return "/projects/" + head.slug() + "/quality/slow" + filter.query();
    }

    public boolean isEmpty() {
        return report.ratings() == 0;
    }

    /** The scale that is drawn, by the filter or as the first. */
    public String drawn() {
        return filter.question() == null && report.agreement() != null ? report.agreement().question()
                : filter.question();
    }

    public AgreementFigures.Row agreement() {
        return report.agreement().drawn().orElse(null);
    }

    public List<Found> findings() {
        return report.reviewers().stream()
                .flatMap(one -> one.findings().stream().map(found -> new Found(one.reviewer(), found))).toList();
    }

    public List<ReviewerFigures> choosers() {
        return report.reviewers().stream().filter(one -> one.sides() != null).toList();
    }

    /** Whose left share stands furthest from one half. */
    public ReviewerFigures furthestFromHalf() {
        return choosers().stream().max(Comparator.comparingDouble(
                one -> Math.abs(one.sides().share().value() - 0.5))).orElse(null);
    }

    public List<ReviewerFigures> checked() {
        return report.reviewers().stream().filter(one -> one.gold() != null).toList();
    }

    /** Gold accuracy of all reviewers together; it must not be asked for without any. */
    public Estimate goldOfAll() {
        int right = checked().stream().mapToInt(one -> one.gold().right()).sum();
        int answered = checked().stream().mapToInt(one -> one.gold().answered()).sum();
        return Estimate.of(dev.ratchet.stats.Proportions.wilson(right, answered));
    }

    public List<ReviewerFigures> timed() {
        return report.reviewers().stream().filter(one -> one.times() != null).toList();
    }

    /** The middle half of a reviewer's times, on an axis from zero to the team's slowest quartile. */
    public Whisker box(ReviewerFigures.Times times) {
        return Whisker.of(
                new Estimate(times.median(), times.lowerQuartile(), times.upperQuartile(), null), 0, slowest());
    }

    /** The end of the axis of times, in seconds. */
    public double slowest() {
        return timed().stream().mapToDouble(one -> one.times().upperQuartile()).max().orElse(1);
    }

    public List<ReviewerFigures> judged() {
        return report.reviewers().stream().filter(one -> one.reliability() != null).toList();
    }

    public double medianAccuracy() {
        return Quantile.ofSorted(judged().stream().mapToDouble(one -> one.reliability().accuracy().value()).sorted()
                .toArray(), 0.5);
    }

    /** Days of the burn-down, newest first, as a table is read. */
    public List<BurnDown.Day> burnDownDays() {
        return report.burnDown().days().stream()
                .sorted(Comparator.comparing(BurnDown.Day::day).reversed()).toList();
    }

    public List<Throughput.Day> throughputDays() {
        return report.throughput().days().stream()
                .sorted(Comparator.comparing(Throughput.Day::day).reversed()).toList();
    }

    public List<AgreementFigures.Point> points() {
        return report.agreement().overTime().stream()
                .sorted(Comparator.comparing(AgreementFigures.Point::day).reversed()).toList();
    }

    /** The pace with one decimal. */
    public String pace() {
        return Optional.ofNullable(report.burnDown().pace())
                .map(pace -> dev.ratchet.platform.Shown.decimal(pace.value()))
                .orElse("");
    }
}
