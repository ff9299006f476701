package dev.ratchet.app.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Examples apart by their prompt: what shares a group is on one side, and which side is decided by a hash of group and
 * seed, so that the split depends on nothing else than the data and the seed.
 */
record Holdout<T>(List<T> training, List<T> heldOut) {

    /**
     * Holds out as many examples as asked for, group by group in the order of SHA-256(seed, group); a group that is too
     * large for what is left to hold out stays in the training part.
     *
     * @param asked a count, or below 1 a share of the examples
     * @throws Refusal where nothing would be left to train on
     */
    static <T> Holdout<T> of(List<T> examples, Function<T, String> group, double asked, long seed) {
        if (!(asked >= 0) || asked >= 1 && asked != Math.rint(asked)) {
            throw new Refusal("--held-out takes a share below 1 or a whole number of examples, not " + asked + ".");
        }
        long wanted = asked < 1 ? Math.round(asked * examples.size()) : (long) asked;
        if (wanted >= examples.size()) {
            throw new Refusal("--held-out " + wanted + " leaves nothing of " + examples.size() + " to train on.");
        }
        Map<String, List<T>> groups = new LinkedHashMap<>();
        examples.forEach(e -> groups.computeIfAbsent(group.apply(e), g -> new ArrayList<>()).add(e));
        List<String> order = groups.keySet().stream()
                .sorted(Comparator.comparing(g -> Digest.of(seed + "\n" + g))).toList();
        Map<String, Boolean> held = new LinkedHashMap<>();
        long left = wanted;
        for (String each : order) {
            int size = groups.get(each).size();
            held.put(each, size <= left);
            left -= size <= left ? size : 0;
        }
        return new Holdout<>(examples.stream().filter(e -> !held.get(group.apply(e))).toList(),
                examples.stream().filter(e -> held.get(group.apply(e))).toList());
    }
}
