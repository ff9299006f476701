package dev.ratchet.team;

import dev.ratchet.project.ProjectHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a reviewer's page shows.
 *
 * @param own whether its reviewer looks at it, and not a lead
 * @param accountId whose it is
 * @param done what was done; null for nothing
 * @param problem what went wrong; null for nothing
 * @param draft a note that was refused, to be mended
 */
record WorkView(ProjectHead head, boolean own, long accountId, String name, Work work, List<Notes.Note> notes,
        String done, String problem, String draft) {
    private static final int CHART_HEIGHT = 96;
    private static final int BAR = 10;

    /**
     * A bar of the chart, in its units.
     *
     * @param title what the bar stands for
     */
    record Bar(int x, int y, int width, int height, String title) {}

    /** Starts at zero, for lengths are compared. */
    public List<Bar> bars() {
        long most = Math.max(1, work.most());
        List<Bar> bars = new ArrayList<>();
        for (int at = 0; at < work.days().size(); at++) {
            Work.Day day = work.days().get(at);
            int height = (int) Math.round(CHART_HEIGHT * day.ratings() / (double) most);
            bars.add(new Bar(at * BAR + 1, CHART_HEIGHT - height, BAR - 2, height, day.day() + ": " + day.ratings()));
        }
        return bars;
    }

    public Work.Day firstDay() {
        return work.days().get(0);
    }

    public Work.Day lastDay() {
        return work.days().get(work.days().size() - 1);
    }

    /** Days with ratings, newest first. */
    public List<Work.Day> busyDays() {
        List<Work.Day> busy = new ArrayList<>(work.days().stream().filter(day -> day.ratings() > 0).toList());
        Collections.reverse(busy);
        return busy;
    }
}
