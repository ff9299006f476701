package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A byte-level tokenizer whose special tokens are those of the usual chat templates, and encoders made of it. */
final class ChatTokenizer {
    static final List<String> SPECIALS = List.of("<|im_start|>", "<|im_end|>", "<|begin_of_text|>",
            "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>",
            "<s>", "</s>", "<bos>", "<start_of_turn>", "<end_of_turn>", "<|startoftext|>", "<|endoftext|>");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChatTokenizer() {
    }

    static int id(String special) {
        return 256 + SPECIALS.indexOf(special);
    }

    /** An encoder of a template; both special tokens may be null. */
    static ConversationEncoder encoder(Path folder, String template, String begin, String end) throws IOException {
        TinyModel.tokenizer(folder);
        ObjectNode tokenizer = (ObjectNode) JSON.readTree(folder.resolve("tokenizer.json").toFile());
        ArrayNode added = tokenizer.putArray("added_tokens");
        for (String special : SPECIALS) {
            added.addObject().put("id", id(special)).put("content", special).put("single_word", false)
                    .put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
        }
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
        ObjectNode config = JSON.createObjectNode();
        config.put("bos_token", begin).put("eos_token", end).put("chat_template", template);
        JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), config);
        return ConversationEncoder.load(folder, ModelConfig.llama(256 + SPECIALS.size(), 8, 8, 1, 2, 2, 2048, true,
                begin == null ? -1 : id(begin), id(end)));
    }
}
