package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PEFT's {@code adapter_config.json} of LoRA: what is understood, and what is refused by name. */
final class AdapterConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCORE_MODULES = List.of("classifier", "score");
    /** Keys that are read here, or that say nothing of what the adapter computes. */
    private static final Set<String> KNOWN = Set.of("peft_type", "r", "lora_alpha", "lora_dropout", "use_rslora",
            "target_modules", "exclude_modules", "layers_to_transform", "rank_pattern", "alpha_pattern", "bias",
            "task_type", "modules_to_save", "init_lora_weights", "base_model_name_or_path", "revision", "auto_mapping",
            "inference_mode", "peft_version", "megatron_core", "qalora_group_size", "eva_config", "runtime_config");
    /** Ways to begin an adapter that leave the base model's weights as they are. */
    private static final Set<String> INITIALISATIONS = Set.of("true", "false", "gaussian", "eva", "orthogonal", "null");

    private static final Pattern OF_HUB = Pattern.compile("([\\w.-]*\\w[\\w.-]*/[\\w.-]+)(?:@(.+))?");

    private AdapterConfig() {
    }

    /** Reads the settings; a key that is set and not understood is refused by its name. */
    static LoraSpec parse(JsonNode json) {
        String type = json.path("peft_type").asText("");
        if (!type.equals("LORA")) {
            throw new ModelFormatException("peft_type '" + type + "' is not supported; only LORA is.");
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!KNOWN.contains(field.getKey()) && isSet(field.getValue())) {
                throw new ModelFormatException(field.getKey() + " is not supported.");
            }
        }
        refuseUnless(json, "bias", "none");
        String task = json.path("task_type").asText("null");
        if (!Set.of("null", "CAUSAL_LM", "SEQ_CLS").contains(task)) {
            throw new ModelFormatException("task_type '" + task + "' is not supported; CAUSAL_LM and SEQ_CLS are.");
        }
        String begun = json.path("init_lora_weights").asText("true");
        if (!INITIALISATIONS.contains(begun)) {
            throw new ModelFormatException("init_lora_weights '" + begun
                    + "' is not supported: it changes the base model's weights too.");
        }
        if (isSet(json.path("modules_to_save")) && !replacesScore(json)) {
            throw new ModelFormatException("modules_to_save " + json.path("modules_to_save")
                    + " is not supported, except for the score head of a SEQ_CLS adapter.");
        }
        return new LoraSpec(whole("r", number(json, "r", 8)), number(json, "lora_alpha", 8),
                number(json, "lora_dropout", 0), json.path("use_rslora").asBoolean(false),
                filter(json, "target_modules"), filter(json, "exclude_modules"),
                layers(json.path("layers_to_transform")),
                pattern(json, "rank_pattern", value -> whole("rank_pattern", value)),
                pattern(json, "alpha_pattern", value -> value));
    }

    /** Whether a base model's name is one of Hugging Face's hub, owner/name, and not a path. */
    static boolean isOfHub(String base) {
        return OF_HUB.matcher(base).matches();
    }

    /** What the adapter calls its base model, or null; with its revision, owner/name@revision, where it has one. */
    static String base(JsonNode json) {
        String base = json.path("base_model_name_or_path").asText(null);
        String revision = json.path("revision").asText("");
        return base == null || revision.isEmpty() || !isOfHub(base) || base.contains("@") ? base
                : base + "@" + revision;
    }

    /** Whether the adapter brings its own score head, as PEFT does for sequence classification. */
    static boolean replacesScore(JsonNode json) {
        JsonNode modules = json.path("modules_to_save");
        boolean scored = false;
        for (JsonNode module : modules) {
            if (!SCORE_MODULES.contains(module.asText())) {
                return false;
            }
            scored |= module.asText().equals("score");
        }
        return scored && json.path("task_type").asText("").equals("SEQ_CLS");
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.asBoolean())
                && !(value.isContainerNode() && value.isEmpty());
    }

    private static void refuseUnless(JsonNode json, String key, String only) {
        String value = json.path(key).asText(only);
        if (!value.equals(only)) {
            throw new ModelFormatException(key + " '" + value + "' is not supported; only '" + only + "' is.");
        }
    }

    private static ModuleFilter filter(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (value.isTextual()) {
            return ModuleFilter.matching(value.asText());
        }
        List<String> names = new ArrayList<>();
        value.forEach(name -> names.add(name.asText()));
        return new ModuleFilter(names, null);
    }

    private static List<Integer> layers(JsonNode value) {
        List<Integer> layers = new ArrayList<>();
        if (value.isInt()) {
            layers.add(value.asInt());
        }
        value.forEach(layer -> layers.add(layer.asInt()));
        return layers;
    }

    private static <T> Map<String, T> pattern(JsonNode json, String key, DoubleFunction<T> kind) {
        Map<String, T> pattern = new LinkedHashMap<>();
        json.path(key).properties().forEach(each ->
                pattern.put(each.getKey(), kind.apply(number(json.path(key), each.getKey(), 0))));
        return pattern;
    }

    private static double number(JsonNode json, String key, double otherwise) {
        JsonNode value = json.path(key);
        if (!value.isMissingNode() && !value.isNumber()) {
            throw new ModelFormatException(key + " is " + value + ", but must be a number.");
        }
        return value.asDouble(otherwise);
    }

    private static int whole(String key, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new ModelFormatException(key + " is " + value + ", but must be a whole number.");
        }
        return (int) value;
    }

    /** The settings as PEFT writes them: keys in alphabetical order, every linear module spelled out. */
    static ObjectNode toJson(Adapter adapter, ModelConfig config) {
        LoraSpec spec = adapter.spec();
        boolean scored = adapter.weights().containsKey(Decoder.SCORE);
        ObjectNode json = JSON.createObjectNode();
        ObjectNode alphas = json.putObject("alpha_pattern");
        spec.alphaPattern().forEach((key, value) -> alphas.set(key, number(value)));
        Matcher revised = OF_HUB.matcher(String.valueOf(adapter.base()));
        boolean hasRevision = revised.matches() && revised.group(2) != null;
        json.put("base_model_name_or_path", hasRevision ? revised.group(1) : adapter.base()).put("bias", "none");
        json.set("exclude_modules", json(spec.excluded()));
        json.put("fan_in_fan_out", false).put("inference_mode", true).put("init_lora_weights", true);
        json.putNull("layers_pattern");
        // PEFT counts them with listed names only; spelled out, they would count where they do not now.
        boolean layered = !spec.layers().isEmpty() && spec.targets().pattern() == null;
        json.set("layers_to_transform", layered ? JSON.valueToTree(spec.layers()) : null);
        json.set("lora_alpha", number(spec.alpha()));
        json.put("lora_dropout", spec.dropout());
        json.set("modules_to_save", scored ? JSON.valueToTree(SCORE_MODULES) : null);
        json.put("peft_type", "LORA").put("r", spec.rank());
        json.set("rank_pattern", JSON.valueToTree(spec.rankPattern()));
        json.put("revision", hasRevision ? revised.group(2) : null);
        json.set("target_modules", spec.targets().isAllLinear() ? endings(spec, config) : json(spec.targets()));
        json.put("task_type", scored ? "SEQ_CLS" : "CAUSAL_LM").put("use_dora", false)
                .put("use_rslora", spec.rankStabilised());
        return json;
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
                ? JSON.getNodeFactory().numberNode((int) value) : JSON.getNodeFactory().numberNode(value);
    }

    private static JsonNode json(ModuleFilter filter) {
        if (filter.isEmpty()) {
            return JSON.nullNode();
        }
        return filter.pattern() == null ? JSON.valueToTree(filter.names())
                : JSON.getNodeFactory().textNode(filter.pattern());
    }

    private static ArrayNode endings(LoraSpec spec, ModelConfig config) {
        ArrayNode endings = JSON.createArrayNode();
        spec.modules(config).stream().map(m -> m.substring(m.lastIndexOf('.') + 1)).distinct().sorted()
                .forEach(endings::add);
        return endings;
    }
}
