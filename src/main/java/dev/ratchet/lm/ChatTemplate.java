package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.jinja.Rendering;
import dev.ratchet.lm.jinja.Template;
import dev.ratchet.lm.jinja.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's chat template: Jinja from {@code chat_template.jinja} or {@code tokenizer_config.json}, rendered as
 * transformers' {@code apply_chat_template} does, byte for byte.
 *
 * <p>A template comes with a model and is untrusted: it sees only the conversation and the names of special tokens, and
 * its work and output are bounded. A message's own braces are never interpreted. A folder without a template gets the
 * plain one: contents one after another, after the tokenizer's own prefix.
 */
public final class ChatTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPECIALS = List.of("bos_token", "eos_token", "unk_token", "sep_token",
            "pad_token", "cls_token", "mask_token");

    private final Template template;
    private final Map<String, String> variables;
    private final Clock clock;

    private ChatTemplate(String source, Map<String, String> variables, Clock clock) {
        this.template = source == null ? null : parse(source);
        this.variables = variables;
        this.clock = clock;
    }

    private static Template parse(String source) {
        try {
            return Template.parse(source);
        } catch (TemplateException e) {
            throw new ModelFormatException(e.getMessage(), e);
        }
    }

    /**
     * Reads the template of a model folder.
     *
     * @throws ModelFormatException where it is damaged or uses statements that are not known here
     */
    public static ChatTemplate load(Path folder) {
        try {
            JsonNode config = json(folder.resolve("tokenizer_config.json"));
            JsonNode map = json(folder.resolve("special_tokens_map.json"));
            Path separate = folder.resolve("chat_template.jinja");
            String source = Files.exists(separate) ? Files.readString(separate) : source(config.path("chat_template"));
            Map<String, String> specials = new LinkedHashMap<>();
            for (String name : SPECIALS) {
                JsonNode token = config.path(name).isMissingNode() ? map.path(name) : config.path(name);
                JsonNode content = token.isObject() ? token.path("content") : token;
                if (content.isTextual()) {
                    specials.put(name, content.asText());
                }
            }
            return new ChatTemplate(source, specials, Clock.systemDefaultZone());
        } catch (IOException e) {
            throw new ModelFormatException(folder + ": the chat template cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
    }

    /** The template of a configuration: a text, or the one named default of several. */
    private static String source(JsonNode own) {
        if (own.isTextual()) {
            return own.asText();
        }
        for (JsonNode named : own) {
            if (named.path("name").asText().equals("default")) {
                return named.path("template").asText();
            }
        }
        return null;
    }

    /** A template from its text, with what else it may name. */
    public static ChatTemplate of(String source, Map<String, String> variables) {
        return of(source, variables, Clock.systemDefaultZone());
    }

    static ChatTemplate of(String source, Map<String, String> variables, Clock clock) {
        return new ChatTemplate(source, Map.copyOf(variables), clock);
    }

    /** Whether the model brings no template, so that contents are put one after another. */
    public boolean isPlain() {
        return template == null;
    }

    /** The special token of a name such as {@code eos_token}, as text; null where the folder names none. */
    String special(String name) {
        return variables.get(name);
    }

    /**
     * The conversation as text.
     *
     * @param generationPrompt whether to add what opens the assistant's turn
     * @throws dev.ratchet.lm.jinja.TemplateRefusal where the template refuses the conversation
     * @throws TemplateException where the template fails or breaks its bounds
     */
    public String render(List<Message> conversation, boolean generationPrompt) {
        return rendering(conversation, generationPrompt).text();
    }

    /** The conversation as text, and what of it {@code {% generation %}} marks as the assistant's. */
    public Rendering rendering(List<Message> conversation, boolean generationPrompt) {
        if (isPlain()) {
            StringBuilder text = new StringBuilder();
            conversation.forEach(m -> text.append(m.content()));
            return new Rendering(text.toString(), List.of());
        }
        Map<String, Object> context = new HashMap<>(variables);
        context.put("messages", conversation.stream().map(ChatTemplate::message).toList());
        context.put("tools", null);
        context.put("documents", null);
        context.put("add_generation_prompt", generationPrompt);
        return template.render(context, clock);
    }

    private static Map<String, String> message(Message message) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("role", message.role());
        map.put("content", message.content());
        return map;
    }
}
