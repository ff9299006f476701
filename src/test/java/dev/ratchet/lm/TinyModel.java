package dev.ratchet.lm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A random decoder of a few thousand weights with a byte-level tokenizer and a chat template, written by the test. */
public final class TinyModel {
    public static final int BEGIN = 256;
    public static final int END = 257;
    public static final int USER = 258;
    public static final int ASSISTANT = 259;
    public static final int VOCABULARY = 260;
    private static final String TEMPLATE = "{{ bos_token }}{% for message in messages %}"
            + "<|{{ message['role'] }}|>{{ message['content'] }}{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private TinyModel() {
    }

    /** Grouped queries, separate or tied head; weights large enough that attention and rotation matter. */
    public static LanguageModel create(Path folder, boolean tied, long seed) throws IOException {
        tokenizer(folder);
        ModelConfig config = new ModelConfig(VOCABULARY, 16, 24, 2, 4, 2, 4, 64, 1e-5, RotaryScaling.plain(10000), tied,
                0.3, BEGIN, java.util.List.of(END), -1);
        return LanguageModel.initialise(config, folder, seed);
    }

    /** Every byte is a token, named as GPT-2's byte-level tokenizers name it; four special tokens follow. */
    public static void tokenizer(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder vocabulary = new StringBuilder();
        int shifted = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            vocabulary.append(String.format("\"\\u%04x\": %d, ", printable ? b : shifted++, b));
        }
        vocabulary.setLength(vocabulary.length() - 2);
        StringBuilder added = new StringBuilder();
        String[] names = {"<s>", "</s>", "<|user|>", "<|assistant|>"};
        for (int i = 0; i < names.length; i++) {
            added.append(i == 0 ? "" : ", ").append("{\"id\": ").append(BEGIN + i).append(", \"content\": \"")
                    .append(names[i]).append("\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false,"
                            + " \"normalized\": false, \"special\": true}");
        }
        Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"truncation\": null,"
                + " \"padding\": null, \"added_tokens\": [" + added + "], \"normalizer\": null, \"pre_tokenizer\":"
                + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true},"
                + " \"post_processor\": null, \"decoder\": {\"type\": \"ByteLevel\", \"add_prefix_space\": true,"
                + " \"trim_offsets\": true, \"use_regex\": true}, \"model\": {\"type\": \"BPE\", \"dropout\": null,"
                + " \"unk_token\": null, \"continuing_subword_prefix\": null, \"end_of_word_suffix\": null,"
                + " \"fuse_unk\": false, \"byte_fallback\": false, \"vocab\": {" + vocabulary + "}, \"merges\": []}}");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\","
                + " \"chat_template\": \"" + TEMPLATE + "\"}");
    }

    /** Random tokens, none of them special. */
    public static int[] tokens(Random random, int count) {
        return random.ints(count, 0, 256).toArray();
    }
}
