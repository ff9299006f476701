package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks of all reviewers whether they prefer a side. */
record SideScreen(double level, double margin) {

    List<Finding> findings(List<ReviewerEvidence> reviewers) {
        List<ReviewerEvidence> choosers = reviewers.stream().filter(one -> one.sides().isPresent()).toList();
        double[] adjusted = SignificanceTests.holm(
                choosers.stream().mapToDouble(one -> one.sides().orElseThrow().probability()).toArray());
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            SideBias sides = choosers.get(i).sides().orElseThrow();
            boolean left = sides.share().low() > 0.5 + margin;
            boolean right = sides.share().high() < 0.5 - margin;
            if (adjusted[i] < level && (left || right)) {
                findings.add(new Finding(choosers.get(i).reviewer(),
                        left ? Finding.Kind.LEFT_PICKING : Finding.Kind.RIGHT_PICKING, adjusted[i],
                        String.format(Locale.ROOT, "Chose the left answer %d times of %d, a share of %s.", sides.left(),
                                sides.choices(), AccuracyScreen.words(sides.share()))));
            }
        }
        return findings;
    }
}
