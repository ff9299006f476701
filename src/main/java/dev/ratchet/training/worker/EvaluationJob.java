package dev.ratchet.training.worker;

import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.training.EvaluationRow;
import dev.ratchet.training.RunPrompt;
import dev.ratchet.training.RunResult;
import dev.ratchet.training.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples candidate and champion on held-out prompts, scores both, and measures how far the candidate moved. */
record EvaluationJob(Job job) {

    RunResult run() {
        RunSpec spec = job.spec();
        job.progress().stage("Loading candidate and champion");
        try (LanguageModel candidate = job.policy(RunSpec.CANDIDATE);
                LanguageModel champion = job.policy(RunSpec.CHAMPION);
                RewardModel reward = job.reward()) {
            Fitting fitting = new Fitting(candidate, spec.generation().maxTokens());
            List<RunPrompt> prompts = fitting.prompts(job.prompts());
            Sampler sampler = new Sampler(spec.generation(), spec.seed());
            List<Completion> own =
                    sampler.sample(candidate, prompts, job.progress().counting("Sampling the candidate"));
            List<Completion> other =
                    sampler.sample(champion, prompts, job.progress().counting("Sampling the champion"));
            job.progress().stage("Scoring the replies");
            int each = spec.generation().samples();
            double[] ownScores = new ReplyScores(reward, fitting).of(prompts, own, each);
            double[] otherScores = new ReplyScores(reward, fitting).of(prompts, other, each);
            job.progress().stage("Measuring the distance to champion and base");
            // The mean of log p - log q is the divergence where p itself drew the replies, at temperature 1; at another
            // one a sharpened or flattened p did, and the mean would be of something else.
            List<Example> drawn = drawn(
                    candidate,
                    prompts,
                    spec.generation().temperature() == 1
                            ? own
                            : sampler.plain(candidate, prompts, job.progress().counting("Sampling for the distance")));
            double[] candidateLog = logProbabilities(candidate, drawn);
            double[] toChampion = difference(candidateLog, logProbabilities(champion, drawn));
            double[] toRoot = sameRoot() ? toChampion : difference(candidateLog, rootLogProbabilities(drawn));
            List<EvaluationRow> rows = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                rows.add(new EvaluationRow(
                        prompts.get(i / each).promptId(),
                        own.get(i).text(),
                        other.get(i).text(),
                        ownScores[i],
                        otherScores[i],
                        toChampion[i],
                        toRoot[i]));
            }
            job.folder().writeLines(job.folder().evaluation(), rows);
            job.progress().stage("Measuring the reward model on held-out pairs");
            List<SnapshotPair> heldOut = fitting.pairs(job.pairs("eval"));
            Map<String, Object> metrics = new LinkedHashMap<>();
            RewardAccuracy.of(reward, heldOut).addTo(metrics);
            metrics.put("prompts", prompts.size());
            metrics.put("kl_to_champion", Arrays.stream(toChampion).average().orElse(0));
            metrics.put("kl_to_base", Arrays.stream(toRoot).average().orElse(0));
            return new RunResult(
                    false, null, null, null, metrics,
                    Map.of("candidate_tokens", tokens(own), "champion_tokens", tokens(other)));
        }
    }

    /** What was drawn, token for token, with the end-of-text token where one was drawn. */
    private List<Example> drawn(LanguageModel model, List<RunPrompt> prompts, List<Completion> replies) {
        List<Example> drawn = new ArrayList<>();
        int each = job.spec().generation().samples();
        for (int i = 0; i < replies.size(); i++) {
            drawn.add(new Example(
                    model.prompt(prompts.get(i / each).messages()), replies.get(i).drawn()));
        }
        return drawn;
    }

    private boolean sameRoot() {
        return job.spec().models().get(RunSpec.ROOT).equals(job.spec().models().get(RunSpec.CHAMPION));
    }

    private double[] rootLogProbabilities(List<Example> drawn) {
        try (LanguageModel root = job.policy(RunSpec.ROOT)) {
            return logProbabilities(root, drawn);
        }
    }

    private static double[] logProbabilities(LanguageModel model, List<Example> examples) {
        return examples.isEmpty() ? new double[0] : model.logProbabilities(examples);
    }

    private static double[] difference(double[] left, double[] right) {
        double[] difference = new double[left.length];
        Arrays.setAll(difference, i -> left[i] - right[i]);
        return difference;
    }

    private static long tokens(List<Completion> replies) {
        return replies.stream().mapToLong(reply -> reply.tokens().length).sum();
    }
}
