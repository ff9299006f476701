package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.Gguf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokenizer of a GGUF file, turned into {@code tokenizer.json} and {@code tokenizer_config.json}.
 *
 * <p>A GGUF file holds vocabulary and merges, but only a name for how text is cut before. Where a
 * {@code tokenizer.json} with exactly this vocabulary and these merges lies beside the file, it is the model's own
 * and is taken instead.
 */
final class GgufVocabulary {
    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;
    private static final String PREFIX = "tokenizer.ggml.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gguf file;
    private final List<String> tokens;
    private final int[] types;

    private GgufVocabulary(Gguf file) {
        this.file = file;
        tokens = file.texts(PREFIX + "tokens");
        double[] given = file.numbers(PREFIX + "token_type");
        if (tokens.isEmpty()) {
            throw new ModelFormatException(file.file() + " has no vocabulary (tokenizer.ggml.tokens).");
        }
        if (given.length != 0 && given.length != tokens.size()) {
            throw new ModelFormatException(file.file() + " has " + tokens.size() + " tokens, but " + given.length
                    + " token types.");
        }
        types = new int[tokens.size()];
        Set<String> seen = new HashSet<>();
        for (int id = 0; id < types.length; id++) {
            types[id] = given.length == 0 ? NORMAL : (int) given[id];
            if (!seen.add(tokens.get(id))) {
                throw new ModelFormatException(file.file() + " has the token '" + tokens.get(id) + "' twice.");
            }
        }
    }

    /** The tokenizer's files by name. */
    static Map<String, byte[]> files(Gguf file) {
        GgufVocabulary vocabulary = new GgufVocabulary(file);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            files.put("tokenizer.json", vocabulary.tokenizer());
            files.put("tokenizer_config.json",
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(vocabulary.configuration()));
            return files;
        } catch (ModelFormatException e) {
            throw new ModelFormatException(file.file() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] tokenizer() throws IOException {
        ObjectNode own = switch (String.valueOf(file.text(PREFIX + "model"))) {
            case "gpt2" -> byteLevel();
            case "llama" -> sentencePieces();
            default -> throw new ModelFormatException("tokenizer.ggml.model '" + file.text(PREFIX + "model")
                    + "' is not supported; gpt2 and llama are.");
        };
        Path beside = file.file().resolveSibling("tokenizer.json");
        if (Files.isRegularFile(beside)) {
            byte[] bytes = Files.readAllBytes(beside);
            if (TokenizerJson.same(bytes, own, tokens, types)) {
                return bytes;
            }
        }
        return JSON.writeValueAsBytes(own);
    }

    private ObjectNode frame() {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < types.length; id++) {
            boolean whole = types[id] == CONTROL || types[id] == USER_DEFINED || types[id] == UNKNOWN;
            if (whole && !tokens.get(id).isEmpty()) {
                added.addObject().put("id", id).put("content", tokens.get(id)).put("single_word", false)
                        .put("lstrip", false).put("rstrip", false).put("normalized", false)
                        .put("special", types[id] != USER_DEFINED);
            }
        }
        return root;
    }

    private ObjectNode byteLevel() {
        ObjectNode root = frame();
        ObjectNode model = JSON.createObjectNode().put("type", "BPE");
        model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
        GgufPreTokenizer pre = preTokenizer();
        pre.write(root, model);
        putBegin(root, pre.addsBegin());
        root.putObject("decoder").put("type", "ByteLevel").put("add_prefix_space", true).put("trim_offsets", true)
                .put("use_regex", true);
        putVocabulary(model);
        ArrayNode merges = model.putArray("merges");
        for (String merge : file.texts(PREFIX + "merges")) {
            int space = merge.indexOf(' ', 1);
            if (space < 0) {
                throw new ModelFormatException("the merge '" + merge + "' is no pair.");
            }
            merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
        }
        root.set("model", model);
        return root;
    }

    private GgufPreTokenizer preTokenizer() {
        String name = file.text(PREFIX + "pre");
        return GgufPreTokenizer.of(name == null ? "default" : name);
    }

    /** Words begin with a mark instead of a space, unknown characters fall back to bytes, scores order the merges. */
    private ObjectNode sentencePieces() {
        ObjectNode root = frame();
        boolean prefixed = file.flag(PREFIX + "add_space_prefix", true);
        ArrayNode normalizers = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefixed) {
            normalizers.addObject().put("type", "Prepend").put("prepend", SentencePieces.SPACE);
        }
        TokenizerJson.replace(normalizers.addObject(), " ", SentencePieces.SPACE);
        root.putNull("pre_tokenizer");
        putBegin(root, true);
        ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        TokenizerJson.replace(decoders.addObject(), SentencePieces.SPACE, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefixed) {
            decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
        }
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").put("unk_token", text("unknown_token_id")).putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix").put("fuse_unk", true).put("byte_fallback", true)
                .put("ignore_merges", false);
        putVocabulary(model);
        double[] scores = file.numbers(PREFIX + "scores");
        if (scores.length != tokens.size()) {
            throw new ModelFormatException("tokenizer.ggml.scores has " + scores.length + " entries for "
                    + tokens.size() + " tokens.");
        }
        ArrayNode merges = model.putArray("merges");
        SentencePieces.merges(tokens, types, scores).forEach(m -> merges.addArray().add(m[0]).add(m[1]));
        return root;
    }

    private void putVocabulary(ObjectNode model) {
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < types.length; id++) {
            vocabulary.put(tokens.get(id), id);
        }
    }

    private void putBegin(ObjectNode root, boolean otherwise) {
        String begin = text("bos_token_id");
        if (begin == null || !file.flag(PREFIX + "add_bos_token", otherwise)) {
            root.putNull("post_processor");
            return;
        }
        TokenizerJson.putBegin(root, begin, tokens.indexOf(begin));
    }

    private ObjectNode configuration() {
        ObjectNode json = JSON.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("clean_up_tokenization_spaces", false);
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("bos_token", "bos_token_id");
        roles.put("eos_token", "eos_token_id");
        roles.put("unk_token", "unknown_token_id");
        roles.put("pad_token", "padding_token_id");
        roles.forEach((name, key) -> {
            String text = text(key);
            if (text != null) {
                json.put(name, text);
            }
        });
        if (file.settings().contains(PREFIX + "add_bos_token")) {
            json.put("add_bos_token", file.flag(PREFIX + "add_bos_token", false));
        }
        String template = file.text("tokenizer.chat_template");
        if (template != null) {
            json.put("chat_template", template);
        }
        return json;
    }

    private String text(String key) {
        long id = file.whole(PREFIX + key).orElse(-1);
        if (id >= tokens.size()) {
            throw new ModelFormatException(PREFIX + key + " is " + id + ", but there are " + tokens.size()
                    + " tokens.");
        }
        return id < 0 ? null : tokens.get((int) id);
    }
}
