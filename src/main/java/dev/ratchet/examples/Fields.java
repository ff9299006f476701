package dev.ratchet.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row's fields, each with the type that it must have. */
record Fields(ObjectNode row) {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool", "developer");

    boolean has(String name) {
        return row.hasNonNull(name);
    }

    boolean isText(String name) {
        return row.path(name).isTextual();
    }

    private JsonNode required(String name) throws RowException {
        if (!has(name)) {
            throw new RowException(Fault.MISSING_FIELD, "the field '" + name + "' is missing");
        }
        return row.path(name);
    }

    String text(String name) throws RowException {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be a text");
        }
        return value.textValue();
    }

    boolean truth(String name) throws RowException {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be true or false");
        }
        return value.booleanValue();
    }

    double weight() throws RowException {
        double weight = number("weight", 1);
        if (!(weight > 0)) {
            throw new RowException(Fault.WRONG_TYPE, "'weight' must be above 0");
        }
        return weight;
    }

    double margin() throws RowException {
        double margin = number("margin", 0);
        if (!(margin >= 0)) {
            throw new RowException(Fault.WRONG_TYPE, "'margin' must be 0 or more");
        }
        return margin;
    }

    private double number(String name, double otherwise) throws RowException {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = row.path(name);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be a number");
        }
        return value.doubleValue();
    }

    /** A list of messages, at least one. */
    List<Message> messages(String name) throws RowException {
        JsonNode value = required(name);
        if (!value.isArray() || value.isEmpty()) {
            throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be a text or a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode message = value.get(i);
            String place = "'" + name + "[" + i + "]'";
            if (!message.isObject() || !message.path("role").isTextual()) {
                throw new RowException(Fault.WRONG_TYPE, place + " must have a role and a content");
            }
            String role = message.path("role").textValue();
            if (!ROLES.contains(role)) {
                throw new RowException(Fault.WRONG_TYPE, place + " has the role '" + role + "', which no turn"
                        + " has");
            }
            if (message.hasNonNull("tool_calls")) {
                throw new RowException(Fault.WRONG_TYPE, place + " calls tools, which is not supported");
            }
            if (!message.path("content").isTextual()) {
                throw new RowException(Fault.WRONG_TYPE, place + " must have a text as its content");
            }
            messages.add(new Message(role, message.path("content").textValue()));
        }
        return List.copyOf(messages);
    }

    /** A prompt: a text, a dialogue of Human and Assistant, or messages that end before the assistant's turn. */
    List<Message> prompt() throws RowException {
        if (!isText("prompt")) {
            List<Message> messages = messages("prompt");
            if (messages.get(messages.size() - 1).role().equals("assistant")) {
                throw new RowException(Fault.WRONG_TYPE, "'prompt' must not end with the assistant's turn");
            }
            if (messages.stream().allMatch(m -> m.content().isBlank())) {
                throw new RowException(Fault.EMPTY_PROMPT, "the prompt is empty");
            }
            return messages;
        }
        String text = text("prompt");
        if (text.isBlank()) {
            throw new RowException(Fault.EMPTY_PROMPT, "the prompt is empty");
        }
        return HumanAssistant.is(text) ? HumanAssistant.prompt(text) : List.of(Message.text(text));
    }

    /** The answer to a prompt: a text where the prompt is one, else one assistant's message or its text. */
    String answer(String name, List<Message> prompt) throws RowException {
        String answer;
        if (isText(name)) {
            answer = text(name);
            if (!Message.isText(prompt)) {
                // The space after "Assistant:" belongs to neither turn.
                answer = row.path("prompt").isTextual() ? answer.strip() : answer;
            }
        } else {
            List<Message> messages = messages(name);
            if (Message.isText(prompt)) {
                throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be a text, as 'prompt' is");
            }
            answer = only(name, messages);
        }
        return notEmpty(name, answer);
    }

    static String only(String name, List<Message> messages) throws RowException {
        if (messages.size() != 1) {
            throw new RowException(Fault.SEVERAL_TURNS, "'" + name + "' has " + messages.size()
                    + " turns after the prompt, not one");
        }
        if (!messages.get(0).role().equals("assistant")) {
            throw new RowException(Fault.WRONG_TYPE, "'" + name + "' must be the assistant's, not the "
                    + messages.get(0).role() + "'s");
        }
        return messages.get(0).content();
    }

    static String notEmpty(String name, String answer) throws RowException {
        if (answer.isBlank()) {
            throw new RowException(Fault.EMPTY_ANSWER, "'" + name + "' is empty");
        }
        return answer;
    }
}
