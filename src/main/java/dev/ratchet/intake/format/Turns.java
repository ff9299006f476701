package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.List;

/** Texts and conversations in the spellings of other tools. */
final class Turns {
    private Turns() {}

    /** A prompt: a text is one turn of the user's, a list of messages a conversation. */
    static List<Message> prompt(JsonNode value, String name) throws RowRejected {
        if (value.isTextual()) {
            return List.of(Message.user(notEmpty(value.textValue(), name)));
        }
        return messages(value, name);
    }

    /** A list of messages, with role and content as OpenAI names them or from and value as ShareGPT does. */
    static List<Message> messages(JsonNode value, String name) throws RowRejected {
        if (!value.isArray() || value.isEmpty()) {
            throw new RowRejected(value.isMissingNode() || value.isNull()
                    ? "the field '" + name + "' is missing" : "'" + name + "' must be a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (int at = 0; at < value.size(); at++) {
            messages.add(message(value.get(at), "'" + name + "[" + at + "]'"));
        }
        return messages;
    }

    private static Message message(JsonNode node, String place) throws RowRejected {
        JsonNode said = node.has("role") ? node.path("role") : node.path("from");
        if (!said.isTextual()) {
            throw new RowRejected(place + " must have a role and a content");
        }
        String role = switch (said.textValue()) {
            case "user", "human", "prompter" -> "user";
            case "assistant", "gpt", "model", "bot" -> "assistant";
            case "system", "developer" -> "system";
            default -> throw new RowRejected(place + " has the role '" + RawRow.cut(said.textValue())
                    + "', which is none of system, user and assistant");
        };
        if (node.hasNonNull("tool_calls") || node.hasNonNull("function_call")) {
            throw new RowRejected(place + " calls tools, which is not supported");
        }
        return new Message(role, content(node.has("content") ? node.path("content") : node.path("value"), place));
    }

    private static String content(JsonNode content, String place) throws RowRejected {
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray() || content.isEmpty()) {
            throw new RowRejected(place + " must have a text as its content");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("text").isTextual()) {
                throw new RowRejected(place + " has a part that is no text");
            }
            text.append(part.path("text").textValue());
        }
        return text.toString();
    }

    /** An answer: a text, or one message of the assistant's. */
    static String answer(JsonNode value, String name) throws RowRejected {
        if (value.isTextual()) {
            return notEmpty(value.textValue(), name);
        }
        List<Message> messages = messages(value, name);
        return answerAfter(messages.subList(0, messages.size() - 1), messages, name);
    }

    /** The one turn of the assistant's with which a conversation goes on after its prompt. */
    static String answerAfter(List<Message> prompt, List<Message> conversation, String name) throws RowRejected {
        if (conversation.size() != prompt.size() + 1 || !conversation.get(prompt.size()).role().equals("assistant")) {
            throw new RowRejected("'" + name + "' must go on with one turn of the assistant's after the prompt");
        }
        return notEmpty(conversation.get(prompt.size()).content(), name);
    }

    static String text(ObjectNode row, String name) throws RowRejected {
        JsonNode value = row.path(name);
        if (!value.isTextual()) {
            throw new RowRejected(value.isMissingNode() || value.isNull()
                    ? "the field '" + name + "' is missing" : "'" + name + "' must be a text");
        }
        return notEmpty(value.textValue(), name);
    }

    static String notEmpty(String text, String name) throws RowRejected {
        if (text.isBlank()) {
            throw new RowRejected("'" + name + "' is empty");
        }
        return text;
    }
}
