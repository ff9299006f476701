package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds reviewers whose work looks careless, adversarial, bound to a side, or too fast. Each question is asked of all
 * reviewers at once, with Holm's adjustment, so that in a sound team of any size at most a share {@code level} of such
 * rounds names anyone.
 *
 * <ul>
 * <li>careless: the interval of accuracy includes chance, and accuracy lies below the team's median (score test on
 * effective labels): an interval alone would name everyone who just began;
 * <li>adversarial: the interval lies wholly below chance, and accuracy is below chance by the score test;
 * <li>left- or right-picking: the interval of the left share excludes one half by a margin, and the exact binomial test
 * rejects it;
 * <li>too fast: the logarithm of the median time lies so many robust standard deviations below the team's median
 * (1.4826 times the median absolute deviation; Iglewicz and Hoaglin 1993), and the time is below a share of the
 * team's median.
 * </ul>
 *
 * @param level familywise error of each question, in (0, 1)
 * @param sideMargin how far from one half the left share's interval must stay, in [0, 0.5)
 * @param robustDeviations for {@link Finding.Kind#TOO_FAST}
 * @param fastShare share of the team's median time, for the same
 * @param team reviewers needed before one is compared with the others, at least 3
 */
public record ReviewerScreen(double level, double sideMargin, double robustDeviations, double fastShare, int team) {

    public ReviewerScreen {
        if (!(level > 0 && level < 1) || !(sideMargin >= 0 && sideMargin < 0.5) || !(robustDeviations > 0)
                || !(fastShare > 0) || team < 3) {
            throw new IllegalArgumentException(
                    "Need a level in (0, 1), a margin in [0, 0.5), bounds above 0, and a team of three or more.");
        }
    }

    /** Familywise error 0.05, margin 0.05, 3.5 robust deviations and half the median time, three reviewers. */
    public static ReviewerScreen usual() {
        return new ReviewerScreen(0.05, 0.05, 3.5, 0.5, 3);
    }

    /** All findings, by reviewer in the given order. */
    public List<Finding> findings(List<ReviewerEvidence> reviewers) {
        List<Finding> findings = new ArrayList<>();
        AccuracyScreen accuracy = new AccuracyScreen(level, team);
        findings.addAll(accuracy.adversarial(reviewers));
        findings.addAll(accuracy.careless(reviewers));
        findings.addAll(new SideScreen(level, sideMargin).findings(reviewers));
        findings.addAll(new SpeedScreen(level, robustDeviations, fastShare, team).findings(reviewers));
        List<String> order = reviewers.stream().map(ReviewerEvidence::reviewer).toList();
        findings.sort(Comparator.comparingInt(finding -> order.indexOf(finding.reviewer())));
        return List.copyOf(findings);
    }
}
