package dev.ratchet.lm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.jinja.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns conversations and replies into tokens: tokenizer, chat template, end tokens and the context's bound.
 *
 * <p>In a conversation a special token counts only where the template wrote it, never where a message spells one. A
 * prompt that is plain text ({@link Message#text}) goes to the tokenizer as it stands.
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
    private final int[] textPrefix;
    private final int endToken;
    private final List<Integer> ends;

    private ConversationEncoder(ModelConfig config, Tokenizer tokenizer, ChatTemplate template,
            Map<String, byte[]> files) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.template = template;
        this.files = files;
        this.textPrefix = tokenizer.prefix();
        this.prefix = template.isPlain() ? textPrefix : new int[0];
        this.endToken = endToken(config, tokenizer, template);
        List<Integer> all = new ArrayList<>(config.endTokens());
        if (endToken >= 0 && !all.contains(endToken)) {
            all.add(endToken);
        }
        this.ends = List.copyOf(all);
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

    /**
     * The prompt's tokens: the conversation through the template, with the assistant's turn opened; or a plain text as
     * it stands, after what the tokenizer puts before a text.
     *
     * @throws dev.ratchet.lm.jinja.TemplateRefusal where the template refuses the conversation
     */
    public int[] prompt(List<Message> conversation) {
        return Message.isText(conversation) ? textTokens(text(conversation)) : encode(shielded(conversation, true));
    }

    private static String text(List<Message> conversation) {
        return conversation.isEmpty() ? "" : conversation.get(0).content();
    }

    /** A text with what the tokenizer puts before it, which is never doubled. */
    private int[] textTokens(String text) {
        int[] own = tokenizer.encode(text);
        return startsWith(own, textPrefix) ? own : concat(textPrefix, own);
    }

    private String shielded(List<Message> conversation, boolean generationPrompt) {
        return template.isPlain() ? tokenizer.shield(template.render(conversation, generationPrompt))
                : template.render(shield(conversation), generationPrompt);
    }

    private List<Message> shield(List<Message> conversation) {
        if (conversation.stream().anyMatch(m -> m.role().equals(Message.TEXT))) {
            throw new IllegalArgumentException("A plain text stands alone: it cannot be a turn among others.");
        }
        return conversation.stream()
                .map(m -> new Message(tokenizer.shield(m.role()), tokenizer.shield(m.content()))).toList();
    }

    private int[] encode(String rendered) {
        return concat(prefix, tokenizer.encode(rendered));
    }

    /**
     * A conversation and a reply as tokens, where the reply ends with an end token, once: with the one that the
     * template itself writes after an answer where it does, else with the end-of-text token.
     *
     * <p>The reply's tokens are those that follow the prompt's when both are encoded together, so that a tokenizer
     * that marks the beginning of words sees none at the seam; where the seam merges, the reply is encoded alone.
     *
     * @throws ContextLengthException where both together are longer than the context
     * @throws dev.ratchet.lm.jinja.TemplateRefusal where the template refuses the conversation
     */
    public Example example(List<Message> conversation, String reply) {
        return example(conversation, reply, false);
    }

    /**
     * As {@link #example}, but of a reply that is too long for the context what fits, with its end token.
     *
     * @throws ContextLengthException where the prompt leaves no room for a reply
     */
    public Example truncated(List<Message> conversation, String reply) {
        return example(conversation, reply, true);
    }

    private Example example(List<Message> conversation, String reply, boolean cut) {
        if (Message.isText(conversation)) {
            String text = text(conversation);
            int[] prompt = textTokens(text);
            return example(prompt, continuation(prompt, textTokens(text + reply), reply), cut);
        }
        String before = shielded(conversation, true);
        int[] prompt = encode(before);
        String whole = before + tokenizer.shield(reply);
        if (!template.isPlain()) {
            List<Message> answered = new ArrayList<>(conversation);
            answered.add(Message.assistant(reply));
            String written = shielded(answered, false);
            // Otherwise the template opens a turn otherwise than it writes one, and the reply stands as it is.
            whole = written.startsWith(before) ? written : whole;
        }
        return example(prompt, cutAfterEnd(continuation(prompt, encode(whole), whole.substring(before.length()))), cut);
    }

    private Example example(int[] prompt, int[] reply, boolean cut) {
        requireRoom("The prompt", prompt.length);
        int[] completion = ended(reply);
        int room = config.contextLength() - prompt.length;
        if (cut && room > 0 && completion.length > room) {
            int last = completion[completion.length - 1];
            completion = Arrays.copyOf(completion, room);
            // A reply is judged by where it ends.
            completion[room - 1] = isEnd(last) ? last : completion[room - 1];
        }
        requireRoom("The prompt with its reply", prompt.length + completion.length);
        if (prompt.length == 0) {
            // Nothing stands before the text: its first token is seen, and the others are learned.
            return new Example(Arrays.copyOf(completion, 1), Arrays.copyOfRange(completion, 1, completion.length));
        }
        return new Example(prompt, completion);
    }

    /** What a template writes after the end of an answer belongs to what follows. */
    private int[] cutAfterEnd(int[] completion) {
        for (int i = 0; i < completion.length; i++) {
            if (isEnd(completion[i])) {
                return Arrays.copyOf(completion, i + 1);
            }
        }
        return completion;
    }

    private int[] continuation(int[] prompt, int[] both, String continuation) {
        return startsWith(both, prompt) ? Arrays.copyOfRange(both, prompt.length, both.length)
                : tokenizer.encode(continuation);
    }

    private int[] ended(int[] completion) {
        return endToken < 0 || completion.length > 0 && isEnd(completion[completion.length - 1]) ? completion
                : concat(completion, new int[] {endToken});
    }

    /** Whether a token ends a reply. */
    public boolean isEnd(int token) {
        return token >= 0 && token == endToken || config.endTokens().contains(token);
    }

    /**
     * What a supervised example teaches, as tokens: the reply, or all of the assistant's turns.
     *
     * @throws ContextLengthException where it is longer than the context
     * @throws dev.ratchet.lm.jinja.TemplateException where several turns are to be learned and the template cannot tell
     *     which they are
     */
    public Example example(SupervisedExample example) {
        if (!example.everyTurn()) {
            return example(example.conversation(), example.reply());
        }
        List<Message> turns = new ArrayList<>(shield(example.conversation()));
        turns.add(Message.assistant(tokenizer.shield(example.reply())));
        Rendering whole = template.rendering(turns, false);
        if (whole.generated().isEmpty() && turns.stream().filter(m -> m.role().equals("assistant")).count() == 1) {
            // The only answer of a dialogue is a reply to what is before it, whatever the template does with several.
            return example(example.conversation(), example.reply());
        }
        Example dialogue = new DialogueTokens(this::encode, tokenizer::encode, this::isEnd, endToken)
                .example(whole, AssistantTurns.of(template, turns, whole));
        requireRoom("The conversation", dialogue.length());
        return dialogue;
    }

    /** The tokens that end a reply when one is generated: any of them does. */
    List<Integer> ends() {
        return ends;
    }

    /** The token that ends a reply in training, or -1 where the model names none. */
    public int endToken() {
        return endToken;
    }

    /** The beginning-of-text token, or -1 where the model names none. */
    public int beginToken() {
        String named = template.special("bos_token");
        return named == null ? config.beginToken() : tokenizer.specialId(named);
    }

    /** Whether the beginning-of-text token is put before what these tokens encode, so that no text must spell it. */
    public boolean writesBeginning(List<Message> conversation, int[] prompt) {
        int[] start = Message.isText(conversation) ? textPrefix : prompt;
        return start.length > 0 && start[0] == beginToken();
    }

    private static int endToken(ModelConfig config, Tokenizer tokenizer, ChatTemplate template) {
        int named = template.special("eos_token") == null ? -1 : tokenizer.specialId(template.special("eos_token"));
        List<Integer> ends = config.endTokens();
        return named >= 0 && (ends.isEmpty() || ends.contains(named)) ? named : ends.isEmpty() ? -1 : ends.get(0);
    }

    static boolean startsWith(int[] tokens, int[] beginning) {
        return tokens.length >= beginning.length
                && Arrays.equals(tokens, 0, beginning.length, beginning, 0, beginning.length);
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

    static int[] concat(int[] first, int[] second) {
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
