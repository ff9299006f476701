package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns conversations and replies into tokens: tokenizer, chat template, end tokens and the context's bound.
 *
 * <p>A special token counts only where the template wrote it, never where a message spells one.
 */
public final class ConversationEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES = List.of("tokenizer.json", "tokenizer_config.json",
            "special_tokens_map.json", "chat_template.jinja");

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Map<String, byte[]> files;
    private final int[] prefix;

    private ConversationEncoder(ModelConfig config, Tokenizer tokenizer, ChatTemplate template,
            Map<String, byte[]> files) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.template = template;
        this.files = files;
        this.prefix = template.isPlain() ? tokenizer.prefix() : new int[0];
    }

    /**
     * Reads tokenizer and template of a folder.
     *
     * @throws ModelFormatException where they are missing or damaged
     */
    public static ConversationEncoder load(Path folder, ModelConfig config) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try {
            for (String name : FILES) {
                if (Files.exists(folder.resolve(name))) {
                    files.put(name, Files.readAllBytes(folder.resolve(name)));
                }
            }
        } catch (IOException e) {
            throw new ModelFormatException(folder + " cannot be read: " + e.getMessage(), e);
        }
        return new ConversationEncoder(config, Tokenizer.load(folder), ChatTemplate.load(folder), files);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** The prompt's tokens: the conversation through the template, with the assistant's turn opened. */
    public int[] prompt(List<Message> conversation) {
        return encode(shielded(conversation));
    }

    private String shielded(List<Message> conversation) {
        List<Message> safe = conversation.stream()
                .map(m -> new Message(m.role(), tokenizer.shield(m.content()))).toList();
        return template.render(safe, true);
    }

    private int[] encode(String rendered) {
        return concat(prefix, tokenizer.encode(rendered));
    }

    /**
     * A conversation and a reply as tokens; the reply ends with the end-of-text token, once.
     *
     * <p>The reply's tokens are those that follow the prompt's when both are encoded together, so that a tokenizer
     * that marks the beginning of words sees none at the seam; where the seam merges, the reply is encoded alone.
     *
     * @throws ContextLengthException where both together are longer than the context
     */
    public Example example(List<Message> conversation, String reply) {
        String rendered = shielded(conversation);
        int[] prompt = encode(rendered);
        requireRoom("The prompt", prompt.length);
        String foreign = tokenizer.shield(reply);
        int[] both = encode(rendered + foreign);
        int[] completion = both.length >= prompt.length
                && Arrays.equals(both, 0, prompt.length, prompt, 0, prompt.length)
                ? Arrays.copyOfRange(both, prompt.length, both.length) : tokenizer.encode(foreign);
        if (!config.endTokens().isEmpty()) {
            completion = concat(completion, new int[] {endToken()});
        }
        requireRoom("The prompt with its reply", prompt.length + completion.length);
        return new Example(prompt, completion);
    }

    /** The tokens that end a reply when one is generated: any of them does. */
    List<Integer> ends() {
        return config.endTokens();
    }

    /** The token that ends a reply in training: the first that the configuration names. */
    private int endToken() {
        return config.endTokens().get(0);
    }

    private void requireRoom(String what, int tokens) {
        if (tokens > config.contextLength()) {
            throw new ContextLengthException(what, tokens, config.contextLength());
        }
    }

    /** The text of tokens after a prompt: some tokenizers strip the space before the first word that they decode. */
    String textAfter(int[] prompt, int[] tokens) {
        String before = tokenizer.decode(prompt);
        String both = tokenizer.decode(concat(prompt, tokens));
        return both.startsWith(before) ? both.substring(before.length()) : tokenizer.decode(tokens);
    }

    private static int[] concat(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Writes a model folder's files but for the weights: configuration, tokenizer and template. */
    public void save(Path folder, Object configuration) throws IOException {
        Files.createDirectories(folder);
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("config.json").toFile(), configuration);
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve("generation_config.json").toFile(),
                config.generationJson());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
