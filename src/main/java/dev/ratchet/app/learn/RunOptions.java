package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** The options that every objective has, and what is done around every training. */
final class RunOptions {
    @Mixin
    ModelOptions model;

    @Mixin
    DataOptions data;

    @Mixin
    OutputOptions output;

    @Mixin
    TrainingOptions training;

    @Mixin
    LoraOptions lora;

    @Mixin
    ComputeOptions computing;

    /**
     * A run that is ready to train.
     *
     * @param lora settings of the adapter to train, or null
     */
    record Ready<T>(TrainingRun run, DataOptions.Rows<T> rows, TrainingSpec spec, LoraSpec lora, StorageType storage,
            PrintWriter console) {
    }

    /** Trains, measures and saves. */
    interface Body<T> {
        void run(Ready<T> ready) throws IOException;
    }

    /**
     * Opens the folder, lints and splits the data, chooses what to compute in, and leaves the rest to the objective.
     *
     * @param rates learning rate without and with LoRA, where none is given
     */
    <T> void run(String objective, double[] rates, DataOptions.Format<T> format, Function<T, List<Message>> prompt,
            PrintWriter console, Body<T> body) throws IOException {
        if (training.evaluateEvery > 0 && data.heldOut == 0) {
            throw new Refusal("--evaluate-every needs --held-out: the rows to look at.");
        }
        LoraSpec adapter = lora.spec();
        StorageType storage = output.storage();
        for (Path source : model.folders()) {
            output.requireApart(source);
        }
        try (TrainingRun run = TrainingRun.open(output)) {
            if (run.finished()) {
                console.println(output.folder + " is finished already.");
                console.flush();
                return;
            }
            ModelOptions.Shape shape = model.shape();
            int context = shape.config().contextLength();
            if (data.maxLength > context) {
                throw new Refusal("--max-length is at most the model's context of " + context + " tokens.");
            }
            DataOptions.Rows<T> rows = data.read(
                    Lint.of(shape.encoder(), data.maxLength > 0 ? data.maxLength : context), format, prompt);
            ComputeOptions.Compute compute = run.compute(computing);
            TrainingSpec spec = training.spec(adapter == null ? rates[0] : rates[1], compute.type());
            run.put("objective", objective).put("model", model.description()).put("data", rows.description())
                    .put("training", spec).put("lora", lora.settings)
                    .put("lora_patterns", lora.patterns).put("seed", spec.seed());
            if (!rows.report().isEmpty()) {
                console.println(rows.report());
            }
            console.println(compute.reason());
            console.flush();
            body.run(new Ready<>(run, rows, spec, adapter, storage, console));
            run.finish();
            console.println("Written to " + output.folder);
            console.flush();
        }
    }

    /** The language model, an adapter that it came with merged into it, with a new one over it where one is trained. */
    LanguageModel policy(Ready<?> ready) throws IOException {
        LanguageModel policy = model.load(ready.spec.computeType());
        // An adapter left in place would be what is trained, and the bare base the reference.
        policy.adapters().merge();
        if (ready.lora != null) {
            policy.adapt(ready.lora, ready.spec.seed(), model.name());
        }
        return policy;
    }

    /**
     * Whether the result is the trained adapter alone: over a model that came with an adapter it would fit no base that
     * exists as files.
     */
    boolean savesAdapter(Ready<?> ready) throws IOException {
        return ready.lora != null && !model.adapted();
    }

    /** Writes the language model, or its adapter alone where one was trained over a base. */
    void save(LanguageModel policy, Ready<?> ready) throws IOException {
        if (savesAdapter(ready)) {
            policy.saveAdapter(output.folder, ready.storage);
        } else {
            policy.save(output.folder, ready.storage);
        }
    }

    static String said(String what, dev.ratchet.stats.Interval interval) {
        return String.format(Locale.ROOT, "%s %.3f, 95%% interval %.3f to %.3f", what, interval.estimate(),
                interval.low(), interval.high());
    }
}
