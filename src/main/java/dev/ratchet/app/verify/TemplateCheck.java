package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.ChatTemplate;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.jinja.Rendering;
import dev.ratchet.lm.jinja.TemplateRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chat template on conversations: the text byte for byte, and which parts of it are the assistant's. */
record TemplateCheck(String item, Path file, Path renderings) implements Check {
    private static final String OPENED = ", generation prompt";

    @Override
    public void run(Comparison comparison) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing");
        }
        JsonNode root = ReferenceJson.read(renderings);
        JsonNode known = ReferenceJson.get(ReferenceJson.get(root, "templates"),
                file.getFileName().toString().replaceFirst("\\.jinja$", ""));
        Map<String, String> variables = new LinkedHashMap<>();
        for (String group : List.of("special_tokens", "variables")) {
            known.path(group).properties().stream().filter(e -> e.getValue().isTextual())
                    .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        }
        ChatTemplate template = ChatTemplate.of(Files.readString(file), variables);
        for (Map.Entry<String, JsonNode> each : ReferenceJson.get(known, "renderings").properties()) {
            boolean prompt = each.getKey().endsWith(OPENED);
            String name = each.getKey().replace(OPENED, "");
            List<Message> messages = messages(ReferenceJson.get(ReferenceJson.get(root, "conversations"), name));
            compare(comparison, each.getValue(), template, messages, prompt);
        }
    }

    /** A conversation without a known text is one that the template refuses. */
    private static void compare(Comparison comparison, JsonNode known, ChatTemplate template, List<Message> messages,
            boolean prompt) throws IOException {
        String refusal = "refused";
        try {
            Rendering rendering = template.rendering(messages, prompt);
            comparison.equal("text", known.path("text").asText(refusal), rendering.text());
            List<String> spans = new ArrayList<>();
            known.path("assistant_spans").forEach(span -> spans.add(span.asText()));
            comparison.equal("assistant's parts", spans.toString(), rendering.generated().stream()
                    .map(s -> rendering.text().substring(s.begin(), s.end())).toList().toString());
        } catch (TemplateRefusal e) {
            comparison.equal("text", known.path("text").asText(refusal), refusal);
        }
    }

    private static List<Message> messages(JsonNode conversation) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : conversation) {
            messages.add(new Message(ReferenceJson.text(message, "role"), ReferenceJson.text(message, "content")));
        }
        return messages;
    }
}
