package dev.ratchet.lm;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.tensor.Torch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A {@code tokenizer.json}, with one addition: text can be marked as foreign, and no special token is recognised in it.
 *
 * <p>A message is untrusted: a reply that contains {@code <|im_end|>} must not end a turn. {@link #shield} marks the
 * special tokens that a message spells, so that they can pass through a template as ordinary text; {@link #encode}
 * takes the marks out again and encodes what they covered as ordinary text.
 */
public final class Tokenizer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Special(String content, int id, boolean stripLeft, boolean stripRight) {
    }

    private final HuggingFaceTokenizer full;
    private final HuggingFaceTokenizer plain;
    private final List<Special> specials;
    private final String mark = "\uE000" + UUID.randomUUID().toString().replace("-", "") + "\uE001";

    private Tokenizer(HuggingFaceTokenizer full, HuggingFaceTokenizer plain, List<Special> specials) {
        this.full = full;
        this.plain = plain;
        this.specials = specials;
    }

    /** Loads {@code tokenizer.json} of a model folder. */
    public static Tokenizer load(Path folder) {
        Torch.start();
        Path file = folder.resolve("tokenizer.json");
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root == null || !root.isObject() || !root.path("model").isObject()) {
                throw new ModelFormatException(file + " describes no tokenizer.");
            }
            List<Special> specials = specials(root);
            return new Tokenizer(open(root), open(withoutSpecials((ObjectNode) root.deepCopy(), specials)), specials);
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(file + " is missing.", e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ModelFormatException known) {
                throw known;
            }
            throw new ModelFormatException(file + " cannot be used: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static List<Special> specials(JsonNode root) {
        List<Special> specials = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens")) {
            if (token.path("special").asBoolean() && !token.path("content").asText().isEmpty()) {
                specials.add(new Special(token.path("content").asText(), token.path("id").asInt(),
                        token.path("lstrip").asBoolean(), token.path("rstrip").asBoolean()));
            }
        }
        // The longest match wins where one special token begins another.
        specials.sort(Comparator.comparingInt((Special s) -> s.content.length()).reversed());
        return List.copyOf(specials);
    }

    private static HuggingFaceTokenizer open(JsonNode root) throws IOException {
        ObjectNode copy = root.deepCopy();
        copy.putNull("truncation");
        copy.putNull("padding");
        try (InputStream stream = new ByteArrayInputStream(JSON.writeValueAsBytes(copy))) {
            return HuggingFaceTokenizer.newInstance(stream, Map.of("addSpecialTokens", "true", "truncation", "false",
                    "padding", "false"));
        }
    }

    /** The same vocabulary and ids, but every special token under a name that no text can spell. */
    private static ObjectNode withoutSpecials(ObjectNode root, List<Special> specials) {
        Map<String, String> renamed = new LinkedHashMap<>();
        String nonce = UUID.randomUUID().toString();
        specials.forEach(s -> renamed.put(s.content, "\uE000" + nonce + s.id + "\uE001"));
        for (JsonNode token : root.path("added_tokens")) {
            String fresh = renamed.get(token.path("content").asText());
            if (fresh != null) {
                ((ObjectNode) token).put("content", fresh);
            }
        }
        ObjectNode model = (ObjectNode) root.path("model");
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary.isObject()) {
            ObjectNode fresh = JSON.createObjectNode();
            vocabulary.properties().forEach(e ->
                    fresh.set(renamed.getOrDefault(e.getKey(), e.getKey()), e.getValue()));
            model.set("vocab", fresh);
        } else if (vocabulary.isArray()) {
            for (JsonNode pair : vocabulary) {
                String fresh = renamed.get(pair.path(0).asText());
                if (fresh != null) {
                    ((ArrayNode) pair).set(0, fresh);
                }
            }
        }
        String unknown = renamed.get(model.path("unk_token").asText(""));
        if (unknown != null) {
            model.put("unk_token", unknown);
        }
        root.putNull("post_processor");
        return root;
    }

    /** Marks every special token that a text spells, so that {@link #encode} takes it as ordinary text. */
    public String shield(String text) {
        String clean = text.replace(mark, "");
        StringBuilder shielded = null;
        for (int at = 0; at < clean.length(); at++) {
            Special special = specialAt(clean, at);
            if (special != null && shielded == null) {
                shielded = new StringBuilder(clean.substring(0, at));
            }
            if (shielded != null) {
                shielded.append(clean.charAt(at));
                if (special != null) {
                    shielded.append(mark);
                }
            }
        }
        return shielded == null ? clean : shielded.toString();
    }

    /** Takes the marks out of a shielded text. */
    public String unshield(String text) {
        return text.replace(mark, "");
    }

    private Special specialAt(String text, int at) {
        for (Special special : specials) {
            if (text.startsWith(special.content, at)) {
                return special;
            }
        }
        return null;
    }

    /** Token ids of a text in which special tokens are recognised, but those that {@link #shield} marked are not. */
    public int[] encode(String text) {
        if (!text.contains(mark)) {
            return ints(full.encode(text, false, false).getIds());
        }
        List<int[]> pieces = new ArrayList<>();
        int begin = 0;
        boolean stripNext = false;
        for (int at = 0; at < text.length();) {
            Special special = specialAt(text, at);
            if (special == null) {
                at++;
                continue;
            }
            pieces.add(ordinary(text.substring(begin, at), stripNext, special.stripLeft));
            pieces.add(new int[] {special.id});
            stripNext = special.stripRight;
            at += special.content.length();
            begin = at;
        }
        pieces.add(ordinary(text.substring(begin), stripNext, false));
        return pieces.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private int[] ordinary(String piece, boolean stripLeft, boolean stripRight) {
        String text = unshield(piece);
        text = stripLeft ? text.stripLeading() : text;
        text = stripRight ? text.stripTrailing() : text;
        return text.isEmpty() ? new int[0] : ints(plain.encode(text, false, false).getIds());
    }

    /** Token ids of a foreign text, in which no special token is recognised. */
    public int[] encodeForeign(String text) {
        return encode(shield(text));
    }

    /** The tokens that the tokenizer itself puts before a text, such as the beginning-of-text token. */
    public int[] prefix() {
        int[] with = ints(full.encode("a", true, false).getIds());
        int[] without = ints(full.encode("a", false, false).getIds());
        for (int at = 0; at + without.length <= with.length; at++) {
            if (Arrays.equals(with, at, at + without.length, without, 0, without.length)) {
                return Arrays.copyOf(with, at);
            }
        }
        return new int[0];
    }

    /** The text of tokens, special tokens left out. */
    public String decode(int[] tokens) {
        return full.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
    }

    /** The texts of several lists of tokens, special tokens left out. */
    public List<String> decode(List<int[]> lists) {
        if (lists.isEmpty()) {
            return List.of();
        }
        long[][] ids = lists.stream().map(l -> Arrays.stream(l).asLongStream().toArray()).toArray(long[][]::new);
        return List.of(full.batchDecode(ids, true));
    }

    /** The id of a special token's text, or -1. */
    public int specialId(String content) {
        return specials.stream().filter(s -> s.content.equals(content)).mapToInt(Special::id).findFirst().orElse(-1);
    }

    /** The text of a special token's id, or an empty text. */
    public String special(int id) {
        return specials.stream().filter(s -> s.id == id).map(Special::content).findFirst().orElse("");
    }

    private static int[] ints(long[] ids) {
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void close() {
        full.close();
        plain.close();
    }
}
