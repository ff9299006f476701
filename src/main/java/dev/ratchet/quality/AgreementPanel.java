package dev.ratchet.quality;

import dev.ratchet.project.Instructions;
import dev.ratchet.question.Questions;
import dev.ratchet.stats.Agreement;
import dev.ratchet.stats.AgreementStatistic;
import dev.ratchet.stats.Bootstrap;
import dev.ratchet.stats.CohenKappa;
import dev.ratchet.stats.FleissKappa;
import dev.ratchet.stats.KrippendorffAlpha;
import dev.ratchet.stats.PairwiseKappa;
import dev.ratchet.stats.UnitRating;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Computes agreement: each version of the instructions apart, for what was asked differently is not compared. */
public final class AgreementPanel {
    private static final long SEED = 17;
    /** Of the question that is drawn. */
    private static final Bootstrap FINE = new Bootstrap(1000, SEED);
    /** Of everything else, whose intervals are read in a table. */
    private static final Bootstrap COARSE = new Bootstrap(300, SEED);
    private static final int MOST_VERSIONS = 8;
    private static final int MOST_PAIRS = 45;

    private final RatingSample sample;
    private final QualityFilter filter;
    private final Map<Integer, List<StandingRating>> byVersion;
    private final Measure drawn;
    private final Integer drawnVersion;

    AgreementPanel(RatingSample sample, QualityFilter filter) {
        this.sample = sample;
        this.filter = filter;
        byVersion = sample.ratings().stream().collect(Collectors.groupingBy(StandingRating::version,
                () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        // The newest version that asks for it and has answers.
        Optional<Instructions> asking = byVersion.keySet().stream().map(sample.instructions()::get)
                .filter(told -> drawnOf(told).isPresent()).findFirst();
        drawn = asking.flatMap(this::drawnOf).orElse(null);
        drawnVersion = asking.map(told -> told.version).orElse(null);
    }

    /**
     * Agreement on each scale of each version of the questions, newest version first.
     *
     * @param asked questions by version
     * @param ratings one at most of a reviewer and a task; their order does not show
     */
    public static List<AgreementFigures.Row> of(Map<Integer, Questions> asked, List<StandingRating> ratings) {
        Map<Integer, List<StandingRating>> byVersion = ratings.stream()
                .sorted(Comparator.comparing(StandingRating::task).thenComparing(StandingRating::reviewer))
                .collect(Collectors.groupingBy(StandingRating::version,
                        () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        List<AgreementFigures.Row> rows = new ArrayList<>();
        byVersion.entrySet().stream().limit(MOST_VERSIONS).forEach(entry -> asked.get(entry.getKey()).list().stream()
                .flatMap(question -> Measure.of(question).stream())
                .forEach(measure -> rows.add(row(measure, entry.getKey(), entry.getValue(), COARSE))));
        return rows;
    }

    private Optional<Measure> drawnOf(Instructions told) {
        return RatingSample.measures(told).stream()
                .filter(measure -> filter.question() == null || measure.name().equals(filter.question())).findFirst();
    }

    AgreementFigures figures() {
        List<AgreementFigures.Row> rows = new ArrayList<>();
        byVersion.entrySet().stream().limit(MOST_VERSIONS).forEach(entry -> {
            for (Measure measure : RatingSample.measures(sample.instructions().get(entry.getKey()))) {
                rows.add(row(measure, entry.getKey(), entry.getValue(),
                        isDrawn(measure, entry.getKey()) ? FINE : COARSE));
            }
        });
        return drawn == null ? new AgreementFigures(null, null, rows, List.of(), List.of())
                : new AgreementFigures(drawn.name(), drawnVersion, rows, overTime(), pairs());
    }

    private static AgreementFigures.Row row(Measure measure, int version, List<StandingRating> ratings,
            Bootstrap bootstrap) {
        List<UnitRating> categories = measure.categories(ratings);
        Agreement alpha = Agreement.of(alpha(measure, measure.values(ratings)), bootstrap);
        return new AgreementFigures.Row(measure.name(), measure.title(),
                measure.metric().name().toLowerCase(Locale.ROOT),
                version, alpha.units(), alpha.raters(), alpha.ratings(), Estimate.of(alpha),
                Estimate.of(Agreement.of(new FleissKappa(categories), bootstrap)), light(categories));
    }

    private boolean isDrawn(Measure measure, int version) {
        return drawn != null && measure.name().equals(drawn.name()) && version == drawnVersion;
    }

    private static AgreementStatistic alpha(Measure measure, List<UnitRating> values) {
        return new KrippendorffAlpha(values, measure.metric());
    }

    private static Estimate light(List<UnitRating> categories) {
        List<PairwiseKappa> pairs = PairwiseKappa.of(categories, 1);
        double[] defined = pairs.stream().filter(pair -> pair.kappa().isDefined())
                .mapToDouble(pair -> pair.kappa().value().getAsDouble()).toArray();
        if (defined.length > 0) {
            return new Estimate(java.util.Arrays.stream(defined).average().orElseThrow(), null, null, null);
        }
        return Estimate.undefined(pairs.isEmpty() ? "no two reviewers share a unit"
                : pairs.get(0).kappa().undefined().orElseThrow().reason());
    }

    private List<AgreementFigures.Point> overTime() {
        List<StandingRating> ratings = byVersion.get(drawnVersion);
        Map<Long, Instant> last = new HashMap<>();
        ratings.forEach(rating -> last.merge(rating.task(), rating.at(), (a, b) -> a.isAfter(b) ? a : b));
        List<UnitRating> values = drawn.values(ratings);
        Map<String, Instant> finished = new HashMap<>();
        values.forEach(value -> finished.put(value.unit(), last.get(Measure.task(value.unit()))));
        return Agreement.overTime(finished, filter.window(), filter.zone(), values, some -> alpha(drawn, some), COARSE)
                .entrySet().stream().map(entry -> new AgreementFigures.Point(
                        entry.getKey(), entry.getValue().units(), Estimate.of(entry.getValue()))).toList();
    }

    /** The pairs that share most units. */
    private List<AgreementFigures.Pair> pairs() {
        List<UnitRating> categories = drawn.categories(byVersion.get(drawnVersion));
        Map<String, List<UnitRating>> byReviewer = categories.stream()
                .collect(Collectors.groupingBy(UnitRating::rater));
        return PairwiseKappa.of(categories, 1).stream()
                .sorted(Comparator.comparingInt(PairwiseKappa::units).reversed()).limit(MOST_PAIRS)
                .map(pair -> pair(pair, byReviewer)).toList();
    }

    private AgreementFigures.Pair pair(PairwiseKappa pair, Map<String, List<UnitRating>> byReviewer) {
        List<UnitRating> both = new ArrayList<>(byReviewer.get(pair.first()));
        both.addAll(byReviewer.get(pair.second()));
        // The order of units decides what a seed draws: it must not depend on how the ratings came.
        both.sort(Comparator.comparing(UnitRating::unit).thenComparing(UnitRating::rater));
        CohenKappa kappa = CohenKappa.between(pair.first(), pair.second(), both);
        return new AgreementFigures.Pair(sample.reviewer(pair.first()), sample.reviewer(pair.second()), pair.units(),
                Estimate.of(Agreement.of(kappa, COARSE)));
    }

    /** The scales that a filter may name. */
    static Set<String> names(RatingSample sample) {
        return sample.instructions().values().stream().flatMap(told -> RatingSample.measures(told).stream())
                .map(Measure::name).collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
