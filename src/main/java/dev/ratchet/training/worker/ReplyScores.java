package dev.ratchet.training.worker;

import dev.ratchet.lm.Completion;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.training.RunPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores sampled replies; one whose text no longer fits the context when it is read again scores as low as the worst.
 */
record ReplyScores(RewardModel reward, Fitting fitting) {

    /**
     * @param replies in the order of prompts, {@code each} for each
     * @return a score for each reply
     */
    double[] of(List<RunPrompt> prompts, List<Completion> replies, int each) {
        List<Judged> judged = new ArrayList<>();
        int[] places = new int[replies.size()];
        for (int i = 0; i < replies.size(); i++) {
            RunPrompt prompt = prompts.get(i / each);
            // Odd bytes become replacement characters, which take more tokens than were drawn.
            boolean fits = fitting.fits(prompt.messages(), replies.get(i).text());
            places[i] = fits ? judged.size() : -1;
            if (fits) {
                judged.add(new Judged(prompt.messages(), replies.get(i).text()));
            }
        }
        double[] found = judged.isEmpty() ? new double[0] : reward.score(judged);
        double worst = Arrays.stream(found).min().orElse(0);
        return Arrays.stream(places).mapToDouble(place -> place < 0 ? worst : found[place]).toArray();
    }
}
