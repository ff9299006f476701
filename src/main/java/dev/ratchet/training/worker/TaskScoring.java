package dev.ratchet.training.worker;

import dev.ratchet.lm.ProgressListener;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.task.Answer;
import dev.ratchet.task.OpenTask;
import dev.ratchet.task.TaskRewards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores the responses of tasks that wait for ratings; a task of which one does not fit the context is left out. */
record TaskScoring(RewardModel reward, Fitting fitting) {

    List<TaskRewards> of(List<OpenTask> tasks, ProgressListener listener) {
        List<OpenTask> fit = tasks.stream()
                .filter(task -> task.responses().stream()
                        .allMatch(answer -> fitting.fits(task.prompt(), answer.text())))
                .toList();
        if (fit.isEmpty()) {
            return List.of();
        }
        double[] scores = reward.score(
                fit.stream()
                        .flatMap(task -> task.responses().stream()
                                .map(answer -> new Judged(task.prompt(), answer.text())))
                        .toList(),
                listener);
        List<TaskRewards> rewards = new ArrayList<>();
        int next = 0;
        for (OpenTask task : fit) {
            Map<Long, Double> ofTask = new LinkedHashMap<>();
            for (Answer answer : task.responses()) {
                ofTask.put(answer.responseId(), scores[next++]);
            }
            rewards.add(new TaskRewards(task.taskId(), ofTask));
        }
        return rewards;
    }
}
