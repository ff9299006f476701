package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Adapter;
import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.TrainingListener;
import dev.ratchet.reward.Pooling;
import dev.ratchet.reward.RewardModel;
import dev.ratchet.tensor.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A training run step by step: tokens of the first row, losses, gradient norms, and what the trained model says. */
record TrajectoryCheck(String item, Path file, ModelFolders models) implements Check {
    private static final double LOSS = 1e-4;
    private static final double LOSS_IPO = 1e-3;
    private static final double NORM_RELATIVE = 1e-3;
    private static final double NORM_ABSOLUTE = 1e-5;
    private static final double LOGITS = 1e-3;
    private static final double WEIGHTS = 1e-4;
    private static final String START = "default";

    @Override
    public void run(Comparison comparison) throws IOException {
        Trajectory trajectory = Trajectory.read(file);
        Path base = models.find(trajectory.settings().path("model").asText("stories260k"));
        try (LanguageModel model = LanguageModel.load(base, ComputeType.FLOAT32)) {
            if (trajectory.settings().has("start")) {
                Path start = trajectory.named("start");
                model.adapters().attach(START, AdapterFolder.read(start, model.config()));
                model.adapters().activate(START);
            }
            int[] steps = new int[1];
            TrainingListener listener = (step, total, metrics) -> {
                steps[0] = step;
                step(comparison, trajectory, step, metrics.get("loss"), metrics.get("gradient_norm"));
            };
            if (trajectory.trainer() == Trajectory.Trainer.REWARD) {
                reward(comparison, trajectory, model, listener);
            } else {
                TrajectoryRun.replay(trajectory, model, comparison, listener);
                Decoder decoder = model.decoder();
                logits(comparison, trajectory, probe -> decoder.logits(List.of(new Row(probe, List.of(new int[] {0}))),
                        ComputeType.FLOAT32), model.config().vocabularySize());
            }
            comparison.equal("steps", String.valueOf(trajectory.steps().size()), String.valueOf(steps[0]));
            if (trajectory.settings().has("start")) {
                adapter(comparison, model);
            }
        }
    }

    private static void step(Comparison comparison, Trajectory trajectory, int step, double loss, double norm) {
        if (step > trajectory.steps().size()) {
            return;
        }
        JsonNode known = trajectory.steps().get(step - 1);
        String where = "step " + step;
        double tolerance = trajectory.loss().startsWith("ipo") ? LOSS_IPO : LOSS;
        double expected = known.path("grad_norm").asDouble(Double.NaN);
        comparison.close("loss", known.path("loss").asDouble(Double.NaN), loss, tolerance, where);
        comparison.close("gradient norm", expected, norm, NORM_RELATIVE * Math.abs(expected) + NORM_ABSOLUTE, where);
    }

    private static void reward(Comparison comparison, Trajectory trajectory, LanguageModel trunk,
            TrainingListener listener) throws IOException {
        try (RewardModel model = RewardModel.fromTrunk(trunk, Pooling.LAST, trajectory.head())) {
            TrajectoryRun.replay(trajectory, model, comparison, listener);
            logits(comparison, trajectory, probe -> {
                Row row = new Row(Arrays.copyOf(probe, 1), List.of(Arrays.copyOfRange(probe, 1, probe.length)));
                return new float[] {(float) model.decoder().evaluate(List.of(row), Decoder.Head.REWARD,
                        ComputeType.FLOAT32)[0]};
            }, 0);
        }
    }

    /** What a trained model says of a row of tokens. */
    private interface Probe {
        float[] answer(int[] tokens);
    }

    /** @param vocabulary how many values each token gives, of which the last one's count; 0 where it is one in all */
    private static void logits(Comparison comparison, Trajectory trajectory, Probe probe, int vocabulary)
            throws IOException {
        JsonNode after = ReferenceJson.get(trajectory.root(), "after");
        int[] tokens = ReferenceJson.ints(after, "probe_ids");
        float[] known = ReferenceJson.floats(after, "last_logits_first_32");
        int from = (tokens.length - 1) * vocabulary;
        float[] answer = probe.answer(tokens);
        comparison.close(vocabulary == 0 ? "final reward" : "final logits", known,
                Arrays.copyOfRange(answer, from, from + known.length), LOGITS);
    }

    private void adapter(Comparison comparison, LanguageModel model) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "-final-adapter");
        Adapter expected = AdapterFolder.read(file.resolveSibling(name), model.config());
        Adapter actual = model.adapters().get(START);
        if (!actual.weights().keySet().equals(expected.weights().keySet())) {
            throw new IOException(name + " holds other tensors than the adapter that was trained");
        }
        expected.weights().forEach((tensor, values) -> comparison.close("adapter weights", values.values(),
                actual.weights().get(tensor).values(), WEIGHTS));
    }
}
