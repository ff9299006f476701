package dev.ratchet.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model's chat template: Jinja from {@code chat_template.jinja} or {@code tokenizer_config.json}.
 *
 * <p>A template comes with a model and is untrusted: it sees only the conversation, and its output and time are
 * bounded. A message's own braces are never interpreted. A folder without a template gets the plain one: contents
 * one after another, after the tokenizer's own prefix.
 */
public final class ChatTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_OUTPUT = 4L << 20;
    private static final long LONGEST_SECONDS = 5;

    private final String source;
    private final Map<String, String> specialTokens;
    private final Jinjava jinja;

    private ChatTemplate(String source, Map<String, String> specialTokens) {
        this.source = source == null ? null : JinjaWhitespace.resolve(source);
        this.specialTokens = specialTokens;
        JinjavaConfig config = JinjavaConfig.newBuilder()
                .withMaxOutputSize(LARGEST_OUTPUT)
                .withMaxRenderDepth(10)
                .withNestedInterpretationEnabled(false)
                .withLegacyOverrides(LegacyOverrides.newBuilder().withUsePyishObjectMapper(true).build())
                .build();
        jinja = new Jinjava(config);
        jinja.getGlobalContext().registerFunction(new ELFunctionDefinition("", "raise_exception", ChatTemplate.class,
                "refuse", String.class));
    }

    /** Called by templates as {@code raise_exception(message)}. */
    public static String refuse(String message) {
        throw new Refusal(message);
    }

    /** A template called {@code raise_exception}. */
    private static final class Refusal extends InterpretException {
        Refusal(String message) {
            super(message);
        }
    }

    /** Reads the template of a model folder. */
    public static ChatTemplate load(Path folder) {
        JsonNode config = JSON.createObjectNode();
        String source = null;
        try {
            Path file = folder.resolve("tokenizer_config.json");
            if (Files.exists(file)) {
                config = JSON.readTree(Files.readAllBytes(file));
                JsonNode own = config.path("chat_template");
                if (own.isArray()) {
                    for (JsonNode named : own) {
                        if (named.path("name").asText().equals("default")) {
                            source = named.path("template").asText();
                        }
                    }
                } else if (own.isTextual()) {
                    source = own.asText();
                }
            }
            Path separate = folder.resolve("chat_template.jinja");
            if (Files.exists(separate)) {
                source = Files.readString(separate);
            }
        } catch (IOException e) {
            throw new ModelFormatException(folder + ": the chat template cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> specials = new LinkedHashMap<>();
        for (String name : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
            JsonNode token = config.path(name);
            specials.put(name, token.isObject() ? token.path("content").asText("") : token.asText(""));
        }
        return new ChatTemplate(source, specials);
    }

    /** A template from its text, with what else it may name. */
    static ChatTemplate of(String source, Map<String, String> variables) {
        return new ChatTemplate(source, variables);
    }

    /** Whether the model brings no template, so that contents are put one after another. */
    public boolean isPlain() {
        return source == null;
    }

    /**
     * The conversation as text.
     *
     * @param generationPrompt whether to add what opens the assistant's turn
     * @throws IllegalArgumentException where the template refuses the conversation or breaks its bounds
     */
    public String render(List<Message> conversation, boolean generationPrompt) {
        if (isPlain()) {
            StringBuilder text = new StringBuilder();
            conversation.forEach(m -> text.append(m.content()));
            return text.toString();
        }
        Map<String, Object> context = new LinkedHashMap<>(specialTokens);
        context.put("messages", conversation.stream()
                .map(m -> Map.of("role", m.role(), "content", m.content())).toList());
        context.put("add_generation_prompt", generationPrompt);
        return bounded(context);
    }

    /** Renders on a thread of its own, so that a template that never ends holds nobody up. */
    private String bounded(Map<String, Object> context) {
        FutureTask<String> work = new FutureTask<>(() -> renderNow(context));
        Thread thread = new Thread(work, "chat-template");
        thread.setDaemon(true);
        thread.setContextClassLoader(ChatTemplate.class.getClassLoader());
        thread.start();
        try {
            return work.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            work.cancel(true);
            throw new IllegalArgumentException("The chat template took longer than " + LONGEST_SECONDS + " s.", e);
        } catch (ExecutionException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rendering a chat template.", e);
        }
    }

    /** What a template itself said, where it called {@code raise_exception}; the engine's message otherwise. */
    private static String cause(TemplateError error) {
        for (Throwable each = error.getException(); each != null; each = each.getCause()) {
            if (each instanceof Refusal) {
                return each.getMessage();
            }
        }
        return error.getMessage();
    }

    private String renderNow(Map<String, Object> context) {
        RenderResult result = jinja.renderForResult(source, context);
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
                throw new IllegalArgumentException("The chat template failed: " + cause(error));
            }
        }
        return result.getOutput();
    }
}
