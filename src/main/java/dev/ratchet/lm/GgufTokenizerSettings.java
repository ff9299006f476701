package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a GGUF file says of a tokenizer, from {@code tokenizer.json} and its companions. */
final class GgufTokenizerSettings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "tokenizer.ggml.";

    private final ModelConfig config;
    private final JsonNode tokenizer;
    private final JsonNode model;
    private final JsonNode configuration;
    private final String[] tokens;
    private final int[] types;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    private GgufTokenizerSettings(ModelConfig config, JsonNode tokenizer, JsonNode configuration) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.model = tokenizer.path("model");
        this.configuration = configuration;
        this.tokens = new String[config.vocabularySize()];
        this.types = new int[tokens.length];
    }

    /** @throws ModelFormatException where llama.cpp has no tokenizer of this kind */
    static Map<String, Object> of(ModelConfig config, Map<String, byte[]> files) {
        try {
            JsonNode tokenizer = JSON.readTree(files.getOrDefault("tokenizer.json", new byte[0]));
            JsonNode configuration = JSON.readTree(files.getOrDefault("tokenizer_config.json",
                    "{}".getBytes(StandardCharsets.UTF_8)));
            GgufTokenizerSettings own = new GgufTokenizerSettings(config, tokenizer, configuration);
            own.collect();
            String template = own.template(files.get("chat_template.jinja"));
            if (template != null) {
                own.settings.put("tokenizer.chat_template", template);
            }
            return own.settings;
        } catch (IOException e) {
            throw new ModelFormatException("The tokenizer cannot be written to a GGUF file: " + e.getMessage(), e);
        }
    }

    private static ModelFormatException fault(String what) {
        return new ModelFormatException("The tokenizer cannot be written to a GGUF file: " + what);
    }

    private void collect() {
        if (!model.path("type").asText("BPE").equals("BPE") || !model.path("vocab").isObject()) {
            throw fault("its model is " + model.path("type").asText("unknown") + ", and only BPE is supported.");
        }
        model.path("vocab").properties().forEach(e -> name(e.getValue().asInt(-1), e.getKey(), GgufVocabulary.NORMAL));
        for (JsonNode added : tokenizer.path("added_tokens")) {
            name(added.path("id").asInt(-1), added.path("content").asText(), added.path("special").asBoolean()
                    ? GgufVocabulary.CONTROL : GgufVocabulary.USER_DEFINED);
        }
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] == null) {
                tokens[id] = "[PAD" + id + "]";
                types[id] = GgufVocabulary.UNUSED;
            }
        }
        if (model.path("byte_fallback").asBoolean()) {
            putSentencePieces();
        } else {
            putByteLevel();
        }
        putSpecials();
    }

    private void name(int id, String content, int type) {
        if (id < 0 || id >= tokens.length) {
            throw fault("token '" + content + "' has the id " + id + ", but the model knows " + tokens.length + ".");
        }
        tokens[id] = content;
        types[id] = type;
    }

    private void putByteLevel() {
        GgufPreTokenizer pre = GgufPreTokenizer.of(tokenizer).orElseThrow(() ->
                fault("llama.cpp has no name for its pre_tokenizer."));
        String normalizer = tokenizer.path("normalizer").path("type").asText("NFC");
        if (!normalizer.equals("NFC")) {
            throw fault("its normalizer is " + normalizer + ", and llama.cpp has none.");
        }
        settings.put(PREFIX + "model", "gpt2");
        settings.put(PREFIX + "pre", pre.ggufName());
        settings.put(PREFIX + "tokens", List.of(tokens));
        settings.put(PREFIX + "token_type", types);
        settings.put(PREFIX + "merges", TokenizerJson.merges(model.path("merges")));
    }

    private void putSentencePieces() {
        for (int id = 0; id < tokens.length; id++) {
            if (types[id] == GgufVocabulary.NORMAL && tokens[id].matches("<0x[0-9A-F]{2}>")) {
                types[id] = GgufVocabulary.BYTE;
            }
        }
        int unknown = id(model.path("unk_token").asText(""));
        if (unknown >= 0) {
            types[unknown] = GgufVocabulary.UNKNOWN;
        }
        List<String> merges = TokenizerJson.merges(model.path("merges"));
        float[] scores = SentencePieces.scores(tokens, merges);
        double[] wide = new double[scores.length];
        Arrays.setAll(wide, i -> scores[i]);
        List<String> again = SentencePieces.merges(List.of(tokens), types, wide).stream()
                .map(m -> m[0] + " " + m[1]).toList();
        // Ways to make the same piece may stand in any order among themselves.
        if (!pieces(again).equals(pieces(merges)) || !Set.copyOf(again).equals(Set.copyOf(merges))) {
            throw fault("its merges are not those of a SentencePiece vocabulary.");
        }
        settings.put(PREFIX + "model", "llama");
        settings.put(PREFIX + "pre", "default");
        settings.put(PREFIX + "tokens", List.of(tokens));
        settings.put(PREFIX + "scores", scores);
        settings.put(PREFIX + "token_type", types);
        settings.put(PREFIX + "add_space_prefix", prefixed());
    }

    private static List<String> pieces(List<String> merges) {
        return merges.stream().map(merge -> merge.replace(" ", "")).toList();
    }

    /** Whether a space is put before a text: older files say so as a normaliser, newer ones as a pre-tokenizer. */
    private boolean prefixed() {
        JsonNode metaspace = tokenizer.path("pre_tokenizer");
        if (metaspace.path("type").asText().equals("Metaspace")) {
            return !metaspace.path("prepend_scheme").asText("always").equals("never");
        }
        boolean replaced = false;
        boolean prefixed = false;
        JsonNode normalizer = tokenizer.path("normalizer");
        for (JsonNode step : normalizer.path("normalizers").isArray() ? normalizer.path("normalizers")
                : JSON.createArrayNode().add(normalizer)) {
            switch (step.path("type").asText()) {
                case "Prepend" -> prefixed = true;
                case "Replace" -> replaced = true;
                default -> throw fault("its normalizer " + step.path("type").asText() + " is not llama.cpp's.");
            }
        }
        if (!replaced || !metaspace.isNull() && !metaspace.isMissingNode()) {
            throw fault("its normalizer and pre_tokenizer are not those of a SentencePiece vocabulary.");
        }
        return prefixed;
    }

    private void putSpecials() {
        putId("bos_token_id", config.beginToken());
        List<String> roles = List.of("eos_token_id", "eot_token_id", "eom_token_id");
        for (int i = 0; i < Math.min(roles.size(), config.endTokens().size()); i++) {
            putId(roles.get(i), config.endTokens().get(i));
        }
        int unknown = id(content(configuration.path("unk_token")));
        putId("unknown_token_id", unknown >= 0 ? unknown : id(model.path("unk_token").asText("")));
        putId("padding_token_id", config.padToken() >= 0 ? config.padToken()
                : id(content(configuration.path("pad_token"))));
        settings.put(PREFIX + "add_bos_token", config.beginToken() >= 0 && addsBegin(tokenizer.path("post_processor")));
    }

    private boolean addsBegin(JsonNode processor) {
        for (JsonNode inner : processor.path("processors")) {
            if (addsBegin(inner)) {
                return true;
            }
        }
        return processor.path("single").path(0).path("SpecialToken").path("id").asText()
                .equals(tokens[config.beginToken()]);
    }

    private void putId(String role, int id) {
        if (id >= 0) {
            settings.put(PREFIX + role, id);
        }
    }

    private static String content(JsonNode token) {
        return token.isObject() ? token.path("content").asText("") : token.asText("");
    }

    private int id(String content) {
        return content.isEmpty() ? -1 : Arrays.asList(tokens).indexOf(content);
    }

    private String template(byte[] separate) {
        if (separate != null) {
            return new String(separate, StandardCharsets.UTF_8);
        }
        JsonNode own = configuration.path("chat_template");
        for (JsonNode named : own.isArray() ? own : JSON.createArrayNode()) {
            if (named.path("name").asText().equals("default")) {
                return named.path("template").asText();
            }
        }
        return own.isTextual() ? own.asText() : null;
    }
}
