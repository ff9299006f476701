package dev.ratchet.lm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Low-rank adaptation (Hu et al., 2021): W x + s B A dropout(x), where A is [rank, in], B is [out, rank] and s is
 * alpha / rank, or alpha / sqrt(rank) where it is rank-stabilised (Kalajdzievski, 2023).
 *
 * @param rank of every module that no pattern names
 * @param alpha of every module that no pattern names
 * @param dropout share of the inputs of A that a training pass leaves out, in [0, 1)
 * @param rankStabilised whether s divides by the root of the rank
 * @param targets the modules that are adapted
 * @param excluded modules that are not, whatever {@code targets} says
 * @param layers numbers of the layers that are adapted, where targets are listed by name; empty for all
 * @param rankPattern ranks by name, ending or regular expression of a module; the first that fits counts
 * @param alphaPattern the same of alphas
 */
public record LoraSpec(int rank, double alpha, double dropout, boolean rankStabilised, ModuleFilter targets,
        ModuleFilter excluded, List<Integer> layers, Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern) {
    private static final Pattern LAYER = Pattern.compile(".*?\\.[^.]*\\.(\\d+)\\..*");

    public LoraSpec {
        layers = List.copyOf(layers);
        rankPattern = new LinkedHashMap<>(rankPattern);
        alphaPattern = new LinkedHashMap<>(alphaPattern);
        require(rank >= 1 && rankPattern.values().stream().allMatch(r -> r >= 1), "ranks must be at least 1");
        require(Double.isFinite(alpha) && alphaPattern.values().stream().allMatch(Double::isFinite),
                "alphas must be numbers");
        require(dropout >= 0 && dropout < 1, "dropout must lie in [0, 1)");
        require(!targets.isEmpty(), "target modules are missing");
        rankPattern.keySet().forEach(BoundedPattern::of);
        alphaPattern.keySet().forEach(BoundedPattern::of);
    }

    public LoraSpec(int rank, double alpha, double dropout, ModuleFilter targets) {
        this(rank, alpha, dropout, false, targets, ModuleFilter.NONE, List.of(), Map.of(), Map.of());
    }

    /** Every linear module, without dropout. */
    public LoraSpec(int rank, double alpha) {
        this(rank, alpha, 0, ModuleFilter.allLinear());
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException("LoRA: " + otherwise + ".");
        }
    }

    /** A key of a pattern: it may leave out the beginning of a module's name. */
    private static BoundedPattern compile(String key) {
        return BoundedPattern.of("(?:.*\\.)?(?:" + key + ")");
    }

    private static <T> T first(Map<String, T> patterns, String module, T otherwise) {
        for (Map.Entry<String, T> each : patterns.entrySet()) {
            if (compile(each.getKey()).matches(module)) {
                return each.getValue();
            }
        }
        return otherwise;
    }

    /** The rank of a module such as {@code model.layers.0.self_attn.q_proj}. */
    public int rank(String module) {
        return first(rankPattern, module, rank);
    }

    /** What a module's B A x is multiplied by. */
    public double scale(String module) {
        double own = first(alphaPattern, module, alpha);
        return rankStabilised ? own / Math.sqrt(rank(module)) : own / rank(module);
    }

    /**
     * The modules of a decoder that are adapted, in checkpoint order.
     *
     * @throws ModelFormatException where there are none, or where one cannot be adapted
     */
    public List<String> modules(ModelConfig config) {
        List<String> adapted = new ArrayList<>();
        config.weights().forEach((name, shape) -> {
            String module = name.substring(0, name.lastIndexOf('.'));
            if (name.endsWith(".weight") && shape.length == 2 && takes(module)) {
                adapted.add(module);
            }
        });
        if (adapted.isEmpty()) {
            throw new ModelFormatException("The target modules " + spelling() + " name no linear module of this model."
                    + " Its modules are q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj and down_proj.");
        }
        if (adapted.contains("model.embed_tokens")) {
            throw new ModelFormatException("The target modules take in embed_tokens; embeddings cannot be adapted.");
        }
        return adapted;
    }

    private boolean takes(String module) {
        boolean linear = module.endsWith("_proj") || module.equals("lm_head");
        if (excluded.takes(module) || targets.isAllLinear() && !linear || !targets.takes(module)) {
            return false;
        }
        if (layers.isEmpty() || targets.pattern() != null || targets.names().contains(module)) {
            return true;
        }
        Matcher layer = LAYER.matcher(module);
        return layer.matches() && layers.contains(Integer.valueOf(layer.group(1)));
    }

    private String spelling() {
        return targets.pattern() == null ? targets.names().toString() : "'" + targets.pattern() + "'";
    }
}
