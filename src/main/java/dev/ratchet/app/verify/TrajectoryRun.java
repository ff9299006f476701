package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.SupervisedTrainer;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.preference.Kto;
import dev.ratchet.preference.KtoTrainer;
import dev.ratchet.preference.PairLoss;
import dev.ratchet.preference.PreferenceSpec;
import dev.ratchet.preference.PreferenceTrainer;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.reward.RewardSpec;
import dev.ratchet.reward.RewardTrainer;
import dev.ratchet.reward.UnpairedExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Trains as a recorded run was trained, after comparing the tokens of its first row. */
final class TrajectoryRun {
    private static final int IGNORED = -100;

    private TrajectoryRun() {
    }

    /** Replays a run of any trainer but the reward's. */
    static void replay(Trajectory trajectory, LanguageModel model, Comparison comparison, TrainingListener listener)
            throws IOException {
        switch (trajectory.trainer()) {
            case SUPERVISED -> supervised(trajectory, model, comparison, listener);
            case PREFERENCE -> preference(trajectory, model, comparison, listener);
            case UNPAIRED -> unpaired(trajectory, model, comparison, listener);
            case REWARD -> throw new IllegalArgumentException("A reward model's run needs a reward model.");
        }
    }

    /** Replays a run of the reward trainer. */
    static void replay(Trajectory trajectory, RewardModel model, Comparison comparison, TrainingListener listener)
            throws IOException {
        List<PreferencePair> pairs = pairs(trajectory);
        EncodedPair first = EncodedPair.of(model.encoder(), pairs.get(0));
        tokens(trajectory, comparison, "chosen_ids", join(first.prompt(), first.chosen()));
        tokens(trajectory, comparison, "rejected_ids", join(first.prompt(), first.rejected()));
        new RewardTrainer().train(model, pairs, List.of(), RewardSpec.of(trajectory.spec()), null, listener);
    }

    private static void supervised(Trajectory trajectory, LanguageModel model, Comparison comparison,
            TrainingListener listener) throws IOException {
        List<SupervisedExample> examples = new ArrayList<>();
        for (JsonNode row : trajectory.data("pairs.jsonl")) {
            examples.add(new SupervisedExample(conversation(row),
                    ReferenceJson.text(row, row.has("completion") ? "completion" : "chosen")));
        }
        Example first = model.example(examples.get(0).conversation(), examples.get(0).reply());
        int[] hidden = new int[first.prompt().length];
        Arrays.fill(hidden, IGNORED);
        tokens(trajectory, comparison, "input_ids", join(first.prompt(), first.completion()));
        tokens(trajectory, comparison, "labels", join(hidden, first.completion()));
        new SupervisedTrainer().train(model, examples, trajectory.spec(), null, listener);
    }

    private static void preference(Trajectory trajectory, LanguageModel model, Comparison comparison,
            TrainingListener listener) throws IOException {
        List<PreferencePair> pairs = pairs(trajectory);
        EncodedPair first = EncodedPair.of(model.encoder(), pairs.get(0));
        tokens(trajectory, comparison, "prompt_ids", first.prompt());
        tokens(trajectory, comparison, "chosen_ids", first.chosen());
        tokens(trajectory, comparison, "rejected_ids", first.rejected());
        PairLoss loss = PairLoss.of(trajectory.loss());
        PreferenceSpec spec = PreferenceSpec.of(loss, trajectory.beta());
        // The trainer that was recorded ignores label smoothing in its sigmoid loss.
        if (loss != PairLoss.SIGMOID) {
            spec = spec.withLabelSmoothing(trajectory.labelSmoothing());
        }
        new PreferenceTrainer().train(model, pairs, spec, trajectory.spec(), null, listener);
    }

    private static void unpaired(Trajectory trajectory, LanguageModel model, Comparison comparison,
            TrainingListener listener) throws IOException {
        List<UnpairedExample> examples = new ArrayList<>();
        for (JsonNode row : trajectory.data("unpaired.jsonl")) {
            examples.add(new UnpairedExample(conversation(row), ReferenceJson.text(row, "completion"),
                    ReferenceJson.get(row, "label").asBoolean()));
        }
        int pass = trajectory.spec().batchSize();
        List<Example> encoded = examples.subList(0, Math.min(pass, examples.size())).stream()
                .map(e -> model.example(e.conversation(), e.reply())).toList();
        tokens(trajectory, comparison, "prompt_ids", encoded.get(0).prompt());
        tokens(trajectory, comparison, "completion_ids", encoded.get(0).completion());
        tokens(trajectory, comparison, "KL_completion_ids", KtoTrainer.mismatched(encoded, pass)[0]);
        new KtoTrainer().train(model, examples, new Kto(trajectory.beta()), trajectory.spec(), null, listener);
    }

    private static List<PreferencePair> pairs(Trajectory trajectory) throws IOException {
        List<PreferencePair> pairs = new ArrayList<>();
        for (JsonNode row : trajectory.data("pairs.jsonl")) {
            pairs.add(new PreferencePair(conversation(row), ReferenceJson.text(row, "chosen"),
                    ReferenceJson.text(row, "rejected")));
        }
        return pairs;
    }

    private static List<Message> conversation(JsonNode row) throws IOException {
        return List.of(Message.user(ReferenceJson.text(row, "prompt")));
    }

    private static void tokens(Trajectory trajectory, Comparison comparison, String key, int[] actual)
            throws IOException {
        JsonNode first = ReferenceJson.get(trajectory.root(), "tokenized_first_row");
        comparison.equal("tokens of the first row", ReferenceJson.ints(first, key), actual, key);
    }

    private static int[] join(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
