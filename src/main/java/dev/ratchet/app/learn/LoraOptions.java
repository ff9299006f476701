package dev.ratchet.app.learn;

import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.ModuleFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    @Option(names = "--lora-pattern", paramLabel = "REGEX:SETTINGS",
            description = "Rank and alpha of the modules whose name or its ending the expression fits; may be given"
                    + " several times, the first that fits counts. Example: mlp\\..*:r=8,alpha=16")
    List<String> patterns = new ArrayList<>();

    /** The adapter's settings, or null where the weights themselves are trained. */
    LoraSpec spec() {
        if (settings == null) {
            if (!patterns.isEmpty()) {
                throw new Refusal("--lora-pattern needs --lora.");
            }
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
                    case "rslora" -> stabilised = pair.length < 2 || truth(value);
                    case "targets" -> targets = value.equals("all-linear") ? targets
                            : ModuleFilter.named(value.split("\\+"));
                    default -> throw new Refusal("--lora: '" + each.strip() + "' is no setting; known are r, alpha,"
                            + " dropout, rslora and targets.");
                }
            }
            if (rank < 1) {
                throw new Refusal("--lora needs a rank, for instance r=16.");
            }
            Map<String, Integer> ranks = new LinkedHashMap<>();
            Map<String, Double> alphas = new LinkedHashMap<>();
            patterns.forEach(pattern -> read(pattern, ranks, alphas));
            return new LoraSpec(rank, alpha == null ? 2 * rank : alpha, dropout, stabilised, targets,
                    ModuleFilter.named(), List.of(), ranks, alphas);
        } catch (NumberFormatException e) {
            throw new Refusal("--lora " + settings + ": " + e.getMessage() + "; an example is"
                    + " r=16,alpha=32,dropout=0.05");
        } catch (IllegalArgumentException e) {
            throw new Refusal("--lora " + settings + ": " + e.getMessage());
        }
    }

    private static boolean truth(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new Refusal("--lora: rslora is '" + value + "', but must be true or false.");
        }
        return value.equals("true");
    }

    private static void read(String pattern, Map<String, Integer> ranks, Map<String, Double> alphas) {
        int colon = pattern.lastIndexOf(':');
        if (colon < 1) {
            throw new Refusal("--lora-pattern " + pattern + ": an example is q_proj:r=8,alpha=16");
        }
        String expression = pattern.substring(0, colon);
        for (String each : pattern.substring(colon + 1).split(",")) {
            String[] pair = each.strip().split("=", 2);
            String value = pair.length < 2 ? "" : pair[1].strip();
            switch (pair[0].strip()) {
                case "r", "rank" -> ranks.putIfAbsent(expression, Integer.valueOf(value));
                case "alpha" -> alphas.putIfAbsent(expression, Double.valueOf(value));
                default -> throw new Refusal("--lora-pattern " + pattern + ": '" + each.strip() + "' is no setting;"
                        + " known are r and alpha.");
            }
        }
    }
}
