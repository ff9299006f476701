package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.Completion;
import dev.ratchet.training.RunPrompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes pairs of sampled replies by their scores: the best of a prompt with its worst, the second best with the second
 * worst, and so on.
 *
 * @param pairsPerPrompt most pairs of one prompt
 * @param weight of each pair
 */
record Labelling(int pairsPerPrompt, double weight) {
    static final String SOURCE = "reward-model";

    private record Scored(String text, double score) {}

    /**
     * @param replies in the order of prompts, the same number for each
     * @param scores of the replies
     */
    List<SnapshotPair> label(List<RunPrompt> prompts, List<Completion> replies, double[] scores) {
        List<SnapshotPair> pairs = new ArrayList<>();
        int each = prompts.isEmpty() ? 0 : replies.size() / prompts.size();
        for (int i = 0; i < prompts.size(); i++) {
            Map<String, Scored> distinct = new LinkedHashMap<>();
            for (int j = i * each; j < (i + 1) * each; j++) {
                String text = replies.get(j).text();
                // A reply that was cut off would teach to stop in mid-sentence.
                if (!text.isBlank() && replies.get(j).finishReason().equals("stop")) {
                    distinct.putIfAbsent(text, new Scored(text, scores[j]));
                }
            }
            addPairs(pairs, prompts.get(i), new ArrayList<>(distinct.values()));
        }
        return pairs;
    }

    private void addPairs(List<SnapshotPair> pairs, RunPrompt prompt, List<Scored> ranked) {
        ranked.sort(Comparator.comparingDouble(Scored::score).reversed());
        for (int rank = 0; rank < pairsPerPrompt && rank < ranked.size() - 1 - rank; rank++) {
            Scored chosen = ranked.get(rank);
            Scored rejected = ranked.get(ranked.size() - 1 - rank);
            if (chosen.score() > rejected.score()) {
                pairs.add(new SnapshotPair(
                        0,
                        SOURCE,
                        "train",
                        prompt.promptId(),
                        prompt.messages(),
                        chosen.text(),
                        rejected.text(),
                        weight,
                        0,
                        List.of()));
            }
        }
    }
}
