package dev.ratchet.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reviewers of known reliability who compare two answers, each shown them in an order that was drawn for them. */
final class SimulatedReviewers {
    /** Picks the left answer whatever it says. */
    static final double ALWAYS_LEFT = -1;

    final List<Label> labels = new ArrayList<>();
    final Map<String, Integer> truth = new LinkedHashMap<>();
    final Map<String, Integer> left = new LinkedHashMap<>();
    final Map<String, Integer> chosen = new LinkedHashMap<>();

    /**
     * @param reliability each reviewer's probability of the better answer
     * @param overlap reviewers per task, drawn at random
     */
    SimulatedReviewers(Map<String, Double> reliability, int tasks, int overlap, long seed) {
        Random random = new Random(seed);
        for (int task = 0; task < tasks; task++) {
            String unit = "task " + task;
            int better = random.nextInt(2);
            truth.put(unit, better);
            List<String> drawn = new ArrayList<>(reliability.keySet());
            Collections.shuffle(drawn, random);
            for (String reviewer : drawn.subList(0, overlap)) {
                int onTheLeft = random.nextInt(2);
                double right = reliability.get(reviewer);
                int choice = right == ALWAYS_LEFT ? onTheLeft : random.nextDouble() < right ? better : 1 - better;
                labels.add(new Label(unit, reviewer, choice));
                chosen.merge(reviewer, 1, Integer::sum);
                left.merge(reviewer, choice == onTheLeft ? 1 : 0, Integer::sum);
            }
        }
    }

    /** Three careful, four average, one of each bad kind. */
    static Map<String, Double> team() {
        Map<String, Double> team = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            team.put("careful " + i, 0.9);
        }
        for (int i = 1; i <= 4; i++) {
            team.put("average " + i, 0.75);
        }
        team.put("coin", 0.5);
        team.put("adversary", 0.2);
        team.put("left", ALWAYS_LEFT);
        return team;
    }
}
