package dev.ratchet.app.demo;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.stats.ClusteredMean;
import dev.ratchet.stats.Interval;
import dev.ratchet.stats.WinRate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures two policies on held-out prompts under the gold rubric, with intervals clustered by prompt and ties as
 * halves.
 *
 * <p>The base answers twice with different seeds: its win rate against itself shows what no improvement looks like.
 */
final class GoldEvaluation {

    private static final int REPLIES_PER_PROMPT = 2;

    private final Rubric rubric;
    private final List<String> prompts;
    private final Sampling sampling;

    /** @param prompts held-out messages; the sampling's seed is the first of those used */
    GoldEvaluation(Rubric rubric, List<String> prompts, Sampling sampling) {
        this.rubric = rubric;
        this.prompts = prompts;
        this.sampling = sampling;
    }

    /** What the rubric says of base and candidate. */
    record Outcome(
            Interval winRateBefore,
            Interval winRateAfter,
            Interval scoreBefore,
            Interval scoreAfter,
            Map<Trait, DemoReport.TraitShare> traits) {}

    /** Replies of one policy, judged: {@code verdicts[r][p]} is the r-th reply to the p-th prompt. */
    private record Judged(List<List<Rubric.Verdict>> verdicts) {}

    Outcome compare(Path base, Path candidate, ProgressListener progress) {
        int total = 3 * REPLIES_PER_PROMPT * prompts.size();
        Judged first = judged(base, 1, progress, 0, total);
        Judged again = judged(base, 2, progress, total / 3, total);
        Judged after = judged(candidate, 3, progress, 2 * total / 3, total);
        Map<Trait, DemoReport.TraitShare> traits = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) {
            traits.put(trait, new DemoReport.TraitShare(share(first, trait), share(after, trait)));
        }
        return new Outcome(winRate(again, first), winRate(after, first), score(first), score(after), traits);
    }

    private Judged judged(Path folder, int draw, ProgressListener progress, int done, int total) {
        List<List<Message>> conversations =
                prompts.stream().map(prompt -> List.of(Message.user(prompt))).toList();
        List<List<Rubric.Verdict>> verdicts = new ArrayList<>();
        try (LanguageModel model = LanguageModel.load(folder, dev.ratchet.tensor.ComputeType.FLOAT32)) {
            for (int reply = 0; reply < REPLIES_PER_PROMPT; reply++) {
                int before = done + reply * prompts.size();
                Sampling seeded = sampling.withSeed(sampling.seed() + 101L * draw + reply);
                var completions = model.generate(
                        conversations, seeded, (part, all) -> progress.progress(before + part, total));
                List<Rubric.Verdict> row = new ArrayList<>();
                for (int i = 0; i < prompts.size(); i++) {
                    row.add(rubric.judge(prompts.get(i), completions.get(i).text()));
                }
                verdicts.add(row);
            }
        }
        return new Judged(verdicts);
    }

    private Interval winRate(Judged candidate, Judged base) {
        WinRate rate = new WinRate();
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            for (List<Rubric.Verdict> mine : candidate.verdicts()) {
                for (List<Rubric.Verdict> theirs : base.verdicts()) {
                    rate.compare(prompt, mine.get(prompt).score(), theirs.get(prompt).score());
                }
            }
        }
        return rate.interval();
    }

    private Interval score(Judged judged) {
        ClusteredMean mean = new ClusteredMean();
        for (List<Rubric.Verdict> row : judged.verdicts()) {
            for (int prompt = 0; prompt < prompts.size(); prompt++) {
                mean.add(prompt, row.get(prompt).score());
            }
        }
        return mean.interval();
    }

    private double share(Judged judged, Trait trait) {
        return judged.verdicts().stream()
                .flatMap(List::stream)
                .mapToInt(verdict -> verdict.has(trait) ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
