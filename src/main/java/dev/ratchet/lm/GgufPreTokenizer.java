package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a byte-level tokenizer cuts text before it merges: a GGUF file only names it ({@code tokenizer.ggml.pre}), a
 * {@code tokenizer.json} spells it. The names are llama.cpp's (llama-vocab.cpp), the patterns those of the models'
 * own tokenizers.
 */
enum GgufPreTokenizer {
    GPT2(false, false, List.of("gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion", "exaone4", "modern-bert", "mellum"),
            Patterns.GPT2),
    SMOLLM(false, false, List.of("smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b"),
            Patterns.DIGIT, Patterns.GPT2),
    LLAMA3(true, false, List.of("llama-bpe", "llama3", "llama-v3", "falcon3", "pixtral", "lfm2"),
            Patterns.CONTRACTIONS + "|" + Patterns.WORDS + "|\\p{N}{1,3}|" + Patterns.REST),
    SMAUG(false, false, List.of("smaug-bpe", "dbrx", "chatglm-bpe"),
            Patterns.CONTRACTIONS + "|" + Patterns.WORDS + "|\\p{N}{1,3}|" + Patterns.REST),
    QWEN2(false, true, List.of("qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan", "megrez"),
            Patterns.CONTRACTIONS + "|" + Patterns.WORDS + "|\\p{N}|" + Patterns.REST),
    TEKKEN(true, false, List.of("tekken"), Patterns.CASED + "|" + Patterns.CASED_UPPER + "|\\p{N}|"
            + Patterns.REST_WITH_SLASH),
    GPT4O(false, false, List.of("gpt-4o", "llama4"), Patterns.CASED + Patterns.CONTRACTIONS + "?|"
            + Patterns.CASED_UPPER + Patterns.CONTRACTIONS + "?|\\p{N}{1,3}|" + Patterns.REST_WITH_SLASH),
    /** What llama.cpp does where a file names nothing. */
    DEFAULT(false, false, List.of("default"), "[\\p{P}\\$\\+<=>\\^~\\|]+", Patterns.GPT2, "\\p{N}+",
            "[0-9][0-9][0-9]");

    private static final class Patterns {
        static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
        static final String DIGIT = "\\p{N}";
        static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
        static final String WORDS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
        static final String REST = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        static final String REST_WITH_SLASH = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        static final String CASED = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
                + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+";
        static final String CASED_UPPER = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
                + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";

        private Patterns() {
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean ignoreMerges;
    private final boolean composed;
    private final List<String> names;
    private final List<String> patterns;

    GgufPreTokenizer(boolean ignoreMerges, boolean composed, List<String> names, String... patterns) {
        this.ignoreMerges = ignoreMerges;
        this.composed = composed;
        this.names = names;
        this.patterns = List.of(patterns);
    }

    static GgufPreTokenizer of(String name) {
        return Arrays.stream(values()).filter(p -> p.names.contains(name)).findFirst()
                .orElseThrow(() -> new ModelFormatException("tokenizer.ggml.pre '" + name + "' is not supported; "
                        + Arrays.stream(values()).flatMap(p -> p.names.stream()).toList() + " are."));
    }

    /** The one that a {@code tokenizer.json} spells, or empty where llama.cpp has no name for it. */
    static Optional<GgufPreTokenizer> of(JsonNode tokenizer) {
        boolean ignored = tokenizer.path("model").path("ignore_merges").asBoolean(false);
        return spelt(tokenizer.path("pre_tokenizer")).flatMap(found -> Arrays.stream(values())
                .filter(p -> p.patterns.equals(found) && p.ignoreMerges == ignored).findFirst());
    }

    /** The name to write. */
    String ggufName() {
        return names.get(0);
    }

    /** Whether llama.cpp puts the beginning-of-text token first where the file does not say. */
    boolean addsBegin() {
        return this == LLAMA3 || this == TEKKEN;
    }

    /** Writes pre-tokenizer, normaliser and {@code ignore_merges} into a {@code tokenizer.json}. */
    void write(ObjectNode tokenizer, ObjectNode model) {
        if (composed) {
            tokenizer.putObject("normalizer").put("type", "NFC");
        } else {
            tokenizer.putNull("normalizer");
        }
        ArrayNode steps = JSON.createArrayNode();
        boolean own = false;
        for (String pattern : patterns) {
            if (pattern.equals(Patterns.DIGIT)) {
                steps.addObject().put("type", "Digits").put("individual_digits", true);
            } else if (pattern.equals(Patterns.GPT2) && patterns.indexOf(pattern) == patterns.size() - 1) {
                own = true;
            } else {
                ObjectNode split = steps.addObject().put("type", "Split");
                split.putObject("pattern").put("Regex", pattern);
                split.put("behavior", "Isolated").put("invert", false);
            }
        }
        ObjectNode bytes = steps.addObject().put("type", "ByteLevel").put("add_prefix_space", false)
                .put("trim_offsets", true).put("use_regex", own);
        if (steps.size() == 1) {
            tokenizer.set("pre_tokenizer", bytes);
        } else {
            tokenizer.putObject("pre_tokenizer").put("type", "Sequence").set("pretokenizers", steps);
        }
        model.put("ignore_merges", ignoreMerges);
    }

    /** The patterns that a pre-tokenizer cuts by, one after another, ending in bytes; empty where it is none such. */
    private static Optional<List<String>> spelt(JsonNode node) {
        List<JsonNode> steps = new ArrayList<>();
        if (node.path("type").asText().equals("Sequence")) {
            node.path("pretokenizers").forEach(steps::add);
        } else {
            steps.add(node);
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            boolean last = i == steps.size() - 1;
            switch (step.path("type").asText()) {
                case "Digits" -> found.add(step.path("individual_digits").asBoolean() ? Patterns.DIGIT : "?");
                case "Split" -> found.add(step.path("behavior").asText().equals("Isolated")
                        && !step.path("invert").asBoolean() ? step.path("pattern").path("Regex").asText("?") : "?");
                case "ByteLevel" -> {
                    if (!last || step.path("add_prefix_space").asBoolean()) {
                        return Optional.empty();
                    }
                    if (step.path("use_regex").asBoolean(true)) {
                        found.add(Patterns.GPT2);
                    }
                    return Optional.of(found);
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
