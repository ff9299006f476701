package dev.ratchet.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The order in which scored tasks are given: a share of them, drawn by a coin that knows no score, in a random order;
 * the others by falling score. The random ones are a simple random sample of the tasks, so what is estimated on them
 * alone is unbiased whatever the scores prefer.
 */
final class SelectionOrder {
    static final String RANDOM = "random";
    static final String ACTIVE = "active";

    private SelectionOrder() {
    }

    /**
     * A task to be placed.
     *
     * @param selection how it was selected before; null for a task that is new to the order
     */
    record Scored(long task, double score, String selection) {}

    /** @param randomShare of the new tasks, and of each stretch of the order while both kinds are left */
    static List<Scored> of(List<Scored> tasks, double randomShare, Random random) {
        List<Scored> drawn = new ArrayList<>();
        List<Scored> active = new ArrayList<>();
        for (Scored task : tasks) {
            String selection = task.selection() != null ? task.selection()
                    : random.nextDouble() < randomShare ? RANDOM : ACTIVE;
            (selection.equals(RANDOM) ? drawn : active).add(new Scored(task.task(), task.score(), selection));
        }
        Collections.shuffle(drawn, random);
        active.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::task));
        Deque<Scored> left = new ArrayDeque<>(drawn);
        Deque<Scored> best = new ArrayDeque<>(active);
        List<Scored> order = new ArrayList<>();
        while (!left.isEmpty() || !best.isEmpty()) {
            boolean byChance = best.isEmpty() || !left.isEmpty() && random.nextDouble() < randomShare;
            order.add(byChance ? left.remove() : best.remove());
        }
        return order;
    }
}
