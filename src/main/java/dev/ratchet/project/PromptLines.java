package dev.ratchet.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads prompts as people bring them: one a line, plain text or JSON. */
@Singleton
public class PromptLines {
    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_PROMPT = 100_000;
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    @Inject
    ObjectMapper json;

    /**
     * A plain line is one user turn; a line that starts with a brace is JSON: {@code {"messages": [...]}} or
     * {@code {"prompt": "..."}}, each with an optional {@code split_group}. Empty lines are skipped.
     *
     * @param source where the lines stand, as a sentence may name it: {@code the pasted text}
     * @throws Problem 422 naming the source and its first line that cannot be read; nothing may be stored then
     */
    public List<NewPrompt> read(String source, String text) {
        String[] lines = text.replace("\uFEFF", "").split("\\R");
        if (lines.length > MOST_LINES) {
            throw invalid("There are %,d lines in %s; import at most %,d at once."
                    .formatted(lines.length, source, MOST_LINES));
        }
        List<NewPrompt> prompts = new ArrayList<>();
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].strip();
            String place = "Line " + (at + 1) + " of " + source;
            if (line.length() > LONGEST_PROMPT) {
                throw invalid("%s is longer than %,d characters.".formatted(place, LONGEST_PROMPT));
            }
            if (!line.isEmpty()) {
                prompts.add(line.startsWith("{") ? parsed(line, place) : plain(line));
            }
        }
        return prompts;
    }

    private static NewPrompt plain(String line) {
        return new NewPrompt(List.of(Message.user(line)), null);
    }

    private NewPrompt parsed(String line, String place) {
        JsonNode node;
        try {
            node = json.readTree(line);
        } catch (JsonProcessingException unreadable) {
            throw invalid("%s is not JSON: %s.".formatted(place, unreadable.getOriginalMessage()));
        }
        JsonNode group = node.path("split_group");
        if (!group.isMissingNode() && !group.isNull() && !group.isTextual()) {
            throw invalid("%s: split_group must be text.".formatted(place));
        }
        String splitGroup = group.isTextual() && !group.asText().isBlank() ? group.asText() : null;
        if (node.path("prompt").isTextual() && !node.path("prompt").asText().isBlank()) {
            return new NewPrompt(List.of(Message.user(node.path("prompt").asText())), splitGroup);
        }
        return new NewPrompt(messages(node.path("messages"), place), splitGroup);
    }

    private static List<Message> messages(JsonNode nodes, String place) {
        if (!nodes.isArray() || nodes.isEmpty()) {
            throw invalid("%s has neither a \"prompt\" nor \"messages\".".formatted(place));
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode node : nodes) {
            String role = node.path("role").asText();
            if (!ROLES.contains(role) || !node.path("content").isTextual()) {
                throw invalid("%s: a message needs a role (system, user or assistant) and a content."
                        .formatted(place));
            }
            messages.add(new Message(role, node.path("content").asText()));
        }
        if (!messages.get(messages.size() - 1).role().equals("user")) {
            throw invalid("%s: the last message must be the user's, which the model answers.".formatted(place));
        }
        return messages;
    }

    private static Problem invalid(String detail) {
        return Problem.unprocessable(
                "unreadable-prompts", "The prompts cannot be read", detail + " Mend it and import again.");
    }
}
