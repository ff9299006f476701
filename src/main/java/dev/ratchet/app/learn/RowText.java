package dev.ratchet.app.learn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Conversations as JSON: a list of messages, or a text, which is what the user says. */
final class RowText {
    static final ObjectMapper JSON = new ObjectMapper();

    private RowText() {
    }

    static List<Message> conversation(JsonNode node) {
        if (node.isTextual() && !node.asText().isBlank()) {
            return List.of(Message.user(node.asText()));
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : node) {
            if (!message.path("role").isTextual() || !message.path("content").isTextual()) {
                throw new IllegalArgumentException("a message needs a role and a content");
            }
            messages.add(new Message(message.path("role").asText(), message.path("content").asText()));
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("the prompt is missing or empty");
        }
        return messages;
    }

    /** What the assistant said: a text, or a list with one message. */
    static String answer(JsonNode node) {
        String text = node.isArray() && node.size() == 1 ? node.get(0).path("content").asText("") : node.asText("");
        if (text.isBlank()) {
            throw new IllegalArgumentException("the completion is missing or empty");
        }
        return text;
    }

    static List<Map<String, String>> json(List<Message> conversation) {
        return conversation.stream().map(m -> Map.of("role", m.role(), "content", m.content())).toList();
    }

    /** What conversations share that begin with the same first turn but for case and spaces. */
    static String group(List<Message> conversation) {
        return Normalizer.normalize(conversation.get(0).content(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT)
                .replaceAll("(?U)\\s+", " ").strip();
    }
}
