package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains a byte-level byte-pair tokenizer (Sennrich et al. 2016, in GPT-2's byte-level form) and writes it as
 * Hugging Face files.
 *
 * <p>Every UTF-8 text has an encoding, since all 256 bytes are tokens. Ids: the special tokens, the bytes, the merges
 * in the order learned. The same texts give the same files: of equally frequent pairs the one of the lowest ids wins.
 */
public final class BytePairTrainer {

    /** Special tokens, in the order of their ids from 0. */
    public static final List<String> SPECIAL_TOKENS =
            List.of("<|pad|>", "<|user|>", "<|assistant|>", "<|system|>", "<|end|>");

    /** Each turn as its role's token, its text and the end token; an answer begins after the assistant's token. */
    public static final String CHAT_TEMPLATE = "{% for m in messages %}"
            + "{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private static final int BYTES = 256;
    private static final Pattern PIECES = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Comparator<Map.Entry<Pair, Long>> BEST = Map.Entry.<Pair, Long>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.comparingInt(Pair::left).thenComparingInt(Pair::right)
                    .reversed()));

    private record Pair(int left, int right) {}

    private record Word(List<Integer> tokens, long count) {}

    private BytePairTrainer() {}

    /**
     * Learns merges from the texts and writes {@code tokenizer.json} and {@code tokenizer_config.json}.
     *
     * @param vocabulary tokens in all, with the special ones and the bytes; fewer are made when the texts hold no more
     *     pairs
     * @param contextLength tokens that the model can read, written as {@code model_max_length}
     * @param folder made if it is missing; earlier files are replaced
     * @return the number of tokens made
     * @throws IllegalArgumentException if the vocabulary has no room for the bytes and the special tokens
     */
    public static int train(Iterable<String> texts, int vocabulary, int contextLength, Path folder) throws IOException {
        int first = SPECIAL_TOKENS.size() + BYTES;
        if (vocabulary < first) {
            throw new IllegalArgumentException("A byte-level vocabulary needs at least " + first + " tokens, not "
                    + vocabulary);
        }
        List<String> tokens = alphabet();
        List<Pair> merges = merges(words(texts), tokens, vocabulary);
        Files.createDirectories(folder);
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        json.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer(json, tokens, merges));
        json.writeValue(folder.resolve("tokenizer_config.json").toFile(), configuration(json, contextLength));
        return tokens.size();
    }

    private static List<Pair> merges(List<Word> words, List<String> tokens, int vocabulary) {
        List<Pair> merges = new ArrayList<>();
        Set<String> known = new HashSet<>(tokens);
        while (tokens.size() < vocabulary) {
            Map<Pair, Long> counts = new HashMap<>();
            for (Word word : words) {
                for (int i = 0; i + 1 < word.tokens().size(); i++) {
                    counts.merge(new Pair(word.tokens().get(i), word.tokens().get(i + 1)), word.count(), Long::sum);
                }
            }
            counts.keySet().removeIf(pair -> known.contains(tokens.get(pair.left()) + tokens.get(pair.right())));
            if (counts.isEmpty()) {
                break;
            }
            Pair best = counts.entrySet().stream().max(BEST).orElseThrow().getKey();
            String joined = tokens.get(best.left()) + tokens.get(best.right());
            int id = tokens.size();
            tokens.add(joined);
            known.add(joined);
            merges.add(best);
            words.forEach(word -> join(word.tokens(), best, id));
        }
        return merges;
    }

    private static void join(List<Integer> tokens, Pair pair, int id) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i) == pair.left() && tokens.get(i + 1) == pair.right()) {
                tokens.set(i, id);
                tokens.remove(i + 1);
            }
        }
    }

    /** The distinct pieces of all texts as byte tokens, in a fixed order. */
    private static List<Word> words(Iterable<String> texts) {
        Map<String, Long> counts = new TreeMap<>();
        for (String text : texts) {
            Matcher pieces = PIECES.matcher(text);
            while (pieces.find()) {
                counts.merge(pieces.group(), 1L, Long::sum);
            }
        }
        List<Word> words = new ArrayList<>();
        counts.forEach((piece, count) -> {
            List<Integer> tokens = new ArrayList<>();
            for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
                tokens.add(SPECIAL_TOKENS.size() + Byte.toUnsignedInt(b));
            }
            words.add(new Word(tokens, count));
        });
        return words;
    }

    private static List<String> alphabet() {
        List<String> tokens = new ArrayList<>(SPECIAL_TOKENS);
        int next = BYTES;
        for (int b = 0; b < BYTES; b++) {
            tokens.add(Character.toString(isPrintable(b) ? b : next++));
        }
        return tokens;
    }

    /** GPT-2 shows these bytes as themselves, and the others, in order, as the characters from U+0100 on. */
    private static boolean isPrintable(int b) {
        return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
    }

    private static ObjectNode tokenizer(ObjectMapper json, List<String> tokens, List<Pair> merges) {
        ObjectNode root = json.createObjectNode().put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < SPECIAL_TOKENS.size(); id++) {
            added.addObject().put("id", id).put("content", SPECIAL_TOKENS.get(id)).put("single_word", false)
                    .put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
        }
        root.putNull("normalizer");
        root.putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false)
                .put("trim_offsets", true).put("use_regex", true);
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "ByteLevel").put("add_prefix_space", true).put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout").putNull("unk_token")
                .putNull("continuing_subword_prefix").putNull("end_of_word_suffix").put("fuse_unk", false)
                .put("byte_fallback", false).put("ignore_merges", false);
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        tokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
        model.set("vocab", json.valueToTree(vocabulary));
        ArrayNode rules = model.putArray("merges");
        merges.forEach(pair -> rules.addArray().add(tokens.get(pair.left())).add(tokens.get(pair.right())));
        return root;
    }

    private static ObjectNode configuration(ObjectMapper json, int contextLength) {
        ObjectNode root = json.createObjectNode();
        root.put("tokenizer_class", "PreTrainedTokenizerFast").put("clean_up_tokenization_spaces", false)
                .put("add_bos_token", false).put("add_eos_token", false).put("model_max_length", contextLength)
                .put("eos_token", "<|end|>").put("pad_token", "<|pad|>").put("chat_template", CHAT_TEMPLATE);
        return root;
    }
}
