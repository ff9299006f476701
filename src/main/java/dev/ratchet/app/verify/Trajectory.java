package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recorded training run: what was done, with what settings, and what every step gave. */
record Trajectory(Path file, JsonNode root, JsonNode settings, List<JsonNode> steps) {
    private static final Pattern BATCH = Pattern.compile("rows (\\d+)-(\\d+)");
    private static final Pattern DECAY = Pattern.compile("weight[ _]decay[ =:]*([0-9.eE-]+)");

    /** The trainers whose runs can be replayed. */
    enum Trainer { SUPERVISED, REWARD, PREFERENCE, UNPAIRED }

    static Trajectory read(Path file) throws IOException {
        JsonNode root = ReferenceJson.read(file);
        JsonNode steps = ReferenceJson.get(root, "steps");
        if (steps.isEmpty()) {
            throw new IOException("it has no steps");
        }
        List<JsonNode> all = new ArrayList<>();
        steps.forEach(all::add);
        return new Trajectory(file, root, ReferenceJson.get(root, "settings"), all);
    }

    Trainer trainer() throws IOException {
        String name = ReferenceJson.text(settings, "trainer").toLowerCase(Locale.ROOT);
        if (name.contains("sfttrainer")) {
            return Trainer.SUPERVISED;
        } else if (name.contains("rewardtrainer")) {
            return Trainer.REWARD;
        } else if (name.contains("kto")) {
            return Trainer.UNPAIRED;
        } else if (name.contains("dpotrainer")) {
            return Trainer.PREFERENCE;
        }
        throw new IOException("its trainer '" + ReferenceJson.text(settings, "trainer") + "' is not known");
    }

    /** The name of a preference loss; {@code sigmoid} where the settings name none. */
    String loss() {
        JsonNode type = settings.path("loss_type");
        return type.isArray() ? type.path(0).asText("sigmoid") : type.asText("sigmoid");
    }

    double beta() {
        return settings.path("beta").asDouble(0.1);
    }

    double labelSmoothing() {
        return settings.path("label_smoothing").asDouble(0);
    }

    /**
     * The rows of its data that the recorded steps take.
     *
     * @param usual the file beside the trajectories where the settings name none
     */
    List<JsonNode> data(String usual) throws IOException {
        String name = settings.path("data").asText(usual);
        List<JsonNode> rows = ReferenceJson.lines(reference().resolve(name));
        int taken = steps.size() * batch() * accumulation();
        if (rows.size() < taken) {
            throw new IOException(name + " has " + rows.size() + " rows, but its " + steps.size() + " steps take "
                    + taken);
        }
        return rows.subList(0, taken);
    }

    /** The initial weights of a reward model's head. */
    float[] head() throws IOException {
        return Safetensors.open(named("head")).floats("score.weight").values();
    }

    private int accumulation() {
        return settings.path("gradient_accumulation_steps").asInt(1);
    }

    private int batch() throws IOException {
        Matcher rows = BATCH.matcher(ReferenceJson.text(settings, "batch"));
        if (!rows.find()) {
            throw new IOException("its setting 'batch' does not say which rows make the first batch");
        }
        return Integer.parseInt(rows.group(2)) - Integer.parseInt(rows.group(1)) + 1;
    }

    /** One pass over the first rows in file order. */
    TrainingSpec spec() throws IOException {
        Matcher decay = DECAY.matcher(ReferenceJson.text(settings, "optimizer"));
        TrainingSpec.Decay schedule;
        try {
            schedule = TrainingSpec.Decay.valueOf(ReferenceJson.text(settings, "schedule").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IOException("its schedule '" + ReferenceJson.text(settings, "schedule") + "' is not known", e);
        }
        return new TrainingSpec(1, batch(), accumulation(), ReferenceJson.number(settings, "learning_rate"), 0,
                schedule, decay.find() ? Double.parseDouble(decay.group(1)) : 0,
                ReferenceJson.number(settings, "max_grad_norm"), 0, 0, ComputeType.FLOAT32,
                TrainingSpec.Order.AS_GIVEN);
    }

    /** A file that the settings name by its place below the reference folder. */
    Path named(String key) throws IOException {
        return reference().resolve(ReferenceJson.text(settings, key));
    }

    /** The reference folder. */
    Path reference() {
        return file.getParent().getParent();
    }
}
