package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts of a {@code tokenizer.json}. */
final class TokenizerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerJson() {
    }

    /** Whether another file has the same tokens, unused ones apart, and the same merges. */
    static boolean same(byte[] other, ObjectNode own, List<String> tokens, int[] types) {
        try {
            JsonNode root = JSON.readTree(other);
            Map<Integer, String> named = new HashMap<>();
            root.path("model").path("vocab").properties().forEach(e -> named.put(e.getValue().asInt(-1), e.getKey()));
            root.path("added_tokens").forEach(t -> named.put(t.path("id").asInt(-1), t.path("content").asText()));
            for (int id = 0; id < types.length; id++) {
                if (types[id] != GgufVocabulary.UNUSED && !tokens.get(id).equals(named.get(id))) {
                    return false;
                }
            }
            return merges(root.path("model").path("merges")).equals(merges(own.path("model").path("merges")));
        } catch (IOException e) {
            return false;
        }
    }

    /** Merges are pairs in newer files and texts with a space between in older ones. */
    static List<String> merges(JsonNode merges) {
        List<String> texts = new ArrayList<>(merges.size());
        merges.forEach(m -> texts.add(m.isArray() ? m.path(0).asText() + " " + m.path(1).asText() : m.asText()));
        return texts;
    }

    /** Puts one token before every text. */
    static void putBegin(ObjectNode root, String begin, int id) {
        ObjectNode processor = root.putObject("post_processor").put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        part(single, "SpecialToken", begin, 0);
        part(single, "Sequence", "A", 0);
        ArrayNode pair = processor.putArray("pair");
        part(pair, "SpecialToken", begin, 0);
        part(pair, "Sequence", "A", 0);
        part(pair, "SpecialToken", begin, 1);
        part(pair, "Sequence", "B", 1);
        ObjectNode special = processor.putObject("special_tokens").putObject(begin).put("id", begin);
        special.putArray("ids").add(id);
        special.putArray("tokens").add(begin);
    }

    private static void part(ArrayNode parts, String kind, String id, int type) {
        parts.addObject().putObject(kind).put("id", id).put("type_id", type);
    }

    /** A normaliser or decoder that replaces one text by another. */
    static void replace(ObjectNode node, String from, String to) {
        node.put("type", "Replace").putObject("pattern").put("String", from);
        node.put("content", to);
    }
}
