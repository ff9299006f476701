package dev.ratchet.app.learn;

import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.ModuleFilter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whether a LoRA adapter is trained in place of the weights. */
final class LoraOptions {
    @Option(names = "--lora", paramLabel = "SETTINGS",
            description = "Train a LoRA adapter and write it as PEFT does. SETTINGS: r=RANK, alpha=A (default: twice"
                    + " the rank), dropout=P (0), rslora=true (false), targets=NAME+NAME (all linear modules). Example:"
                    + " r=16,alpha=32,targets=q_proj+v_proj. An adapter that --model or --adapter brings is merged into"
                    + " the weights before training, with and without --lora; the result is then a whole model.")
    String settings;

    /** The adapter's settings, or null where the weights themselves are trained. */
    LoraSpec spec() {
        if (settings == null) {
            return null;
        }
        int rank = 0;
        Double alpha = null;
        double dropout = 0;
        boolean stabilised = false;
        ModuleFilter targets = ModuleFilter.allLinear();
        try {
            for (String each : settings.split(",")) {
                String[] pair = each.strip().split("=", 2);
                String value = pair.length < 2 ? "" : pair[1].strip();
                switch (pair[0].strip()) {
                    case "r", "rank" -> rank = Integer.parseInt(value);
                    case "alpha" -> alpha = Double.valueOf(value);
                    case "dropout" -> dropout = Double.parseDouble(value);
                    case "rslora" -> stabilised = value.isEmpty() || Boolean.parseBoolean(value);
                    case "targets" -> targets = value.equals("all-linear") ? targets
                            : ModuleFilter.named(value.split("\\+"));
                    default -> throw new Refusal("--lora: '" + each.strip() + "' is no setting; known are r, alpha,"
                            + " dropout, rslora and targets.");
                }
            }
            if (rank < 1) {
                throw new Refusal("--lora needs a rank, for instance r=16.");
            }
            return new LoraSpec(rank, alpha == null ? 2 * rank : alpha, dropout, stabilised, targets,
                    ModuleFilter.named(), List.of(), Map.of(), Map.of());
        } catch (NumberFormatException e) {
            throw new Refusal("--lora " + settings + ": " + e.getMessage() + "; an example is"
                    + " r=16,alpha=32,dropout=0.05");
        } catch (IllegalArgumentException e) {
            throw new Refusal("--lora " + settings + ": " + e.getMessage());
        }
    }
}
