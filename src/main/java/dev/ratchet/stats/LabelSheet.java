package dev.ratchet.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels by number: units and reviewers in the order of their names, so that the same labels give the same figures to
 * the last digit in whatever order they come.
 *
 * @param classes number of classes
 * @param reviewerOf per unit, the number of each of its reviewers
 * @param categoryOf per unit, the class that each of these reviewers gave
 * @param gold per unit its known class, or -1
 */
record LabelSheet(int classes, List<String> units, List<String> reviewers, int[][] reviewerOf, int[][] categoryOf,
        int[] gold) {

    static LabelSheet of(Collection<Label> labels, Map<String, Integer> known, int classes) {
        List<Label> sorted = labels.stream()
                .sorted(Comparator.comparing(Label::unit).thenComparing(Label::reviewer)).toList();
        check(sorted, known, classes);
        List<String> reviewers = sorted.stream().map(Label::reviewer).distinct().sorted().toList();
        List<String> units = List.copyOf(new LinkedHashSet<>(sorted.stream().map(Label::unit).toList()));
        Map<String, Integer> number = new TreeMap<>();
        reviewers.forEach(reviewer -> number.put(reviewer, number.size()));
        int[][] reviewerOf = new int[units.size()][];
        int[][] categoryOf = new int[units.size()][];
        int[] gold = new int[units.size()];
        int start = 0;
        for (int unit = 0; unit < units.size(); unit++) {
            int end = start;
            while (end < sorted.size() && sorted.get(end).unit().equals(units.get(unit))) {
                end++;
            }
            List<Label> given = sorted.subList(start, end);
            reviewerOf[unit] = given.stream().mapToInt(label -> number.get(label.reviewer())).toArray();
            categoryOf[unit] = given.stream().mapToInt(Label::category).toArray();
            gold[unit] = known.getOrDefault(units.get(unit), -1);
            start = end;
        }
        return new LabelSheet(classes, units, reviewers, reviewerOf, categoryOf, gold);
    }

    private static void check(List<Label> sorted, Map<String, Integer> known, int classes) {
        Label before = null;
        for (Label label : sorted) {
            if (label.category() >= classes) {
                throw new IllegalArgumentException("%s gave %s the class %d, but there are %d classes, from 0."
                        .formatted(label.reviewer(), label.unit(), label.category(), classes));
            }
            if (before != null && before.unit().equals(label.unit()) && before.reviewer().equals(label.reviewer())) {
                throw new IllegalArgumentException("%s labelled %s twice: give the label that stands."
                        .formatted(label.reviewer(), label.unit()));
            }
            before = label;
        }
        known.forEach((unit, category) -> {
            if (category < 0 || category >= classes) {
                throw new IllegalArgumentException("The known class of %s is %d, but there are %d classes, from 0."
                        .formatted(unit, category, classes));
            }
        });
    }

    boolean hasGold() {
        return Arrays.stream(gold).anyMatch(known -> known >= 0);
    }

    boolean isGold(int unit) {
        return gold[unit] >= 0;
    }
}
