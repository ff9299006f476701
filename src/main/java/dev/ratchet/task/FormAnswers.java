package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.platform.Problem;
import dev.ratchet.question.Best;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Option;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Safety;
import dev.ratchet.question.Scores;
import dev.ratchet.question.Spans;
import dev.ratchet.question.Tags;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/**
 * The answers that a form sent, as JSON.
 *
 * <p>A field is named {@code q.QUESTION}, {@code q.QUESTION.RESPONSE} or {@code q.QUESTION.RESPONSE.ASPECT}. What is
 * empty was not answered; whether that and the rest is allowed, the questions themselves decide.
 */
final class FormAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MultivaluedMap<String, String> form;
    private final List<Long> responses;

    private FormAnswers(MultivaluedMap<String, String> form, List<Long> responses) {
        this.form = form;
        this.responses = responses;
    }

    static JsonNode read(Questions questions, List<Long> responses, MultivaluedMap<String, String> form) {
        FormAnswers answers = new FormAnswers(form, responses);
        ObjectNode read = JSON.createObjectNode();
        for (Question question : questions.list()) {
            JsonNode answer = answers.of(question);
            if (answer != null) {
                read.set(question.name(), answer);
            }
        }
        return parsed("answers", read.toString());
    }

    private JsonNode of(Question question) {
        String field = "q." + question.name();
        if (question instanceof Preference) {
            String code = text(field);
            return code == null ? null : Choice.of(code).orElseThrow(() -> unreadable(field)).answer();
        } else if (question instanceof Ranking) {
            ObjectNode ranks = JSON.createObjectNode();
            responses.forEach(id -> number(ranks, Long.toString(id), field + "." + id));
            return orNull(ranks);
        } else if (question instanceof Best) {
            String best = text(field);
            return best == null ? null : parsed(field, best.equals("none") ? "\"none\"" : best);
        } else if (question instanceof Scores scores) {
            return scores(field, scores);
        } else if (question instanceof Tags tags) {
            return tags.each() ? chosen(field, tags.tags()) : orNull(words(field, tags.tags()));
        } else if (question instanceof Safety safety) {
            JsonNode flagged = chosen(field, safety.flags());
            // That nothing was found is an answer too, and only a deliberate one.
            return flagged == null && "safe".equals(text(field)) ? JSON.createObjectNode() : flagged;
        } else if (question instanceof FreeText) {
            String text = text(field);
            return text == null ? null : JSON.getNodeFactory().textNode(text.strip());
        } else if (question instanceof Rewrite) {
            String text = text(field);
            ObjectNode rewrite = JSON.createObjectNode();
            number(rewrite, "response", field + ".response");
            return text == null ? null : rewrite.put("text", text.replace("\r\n", "\n"));
        } else if (question instanceof Spans) {
            String marks = text(field);
            return marks == null || marks.equals("[]") ? null : parsed(field, marks);
        }
        throw new IllegalStateException("No form asks a question of kind " + question.kind());
    }

    private JsonNode scores(String field, Scores question) {
        ObjectNode all = JSON.createObjectNode();
        for (Long response : responses) {
            ObjectNode own = JSON.createObjectNode();
            question.aspects().forEach(aspect ->
                    number(own, aspect.name(), field + "." + response + "." + aspect.name()));
            if (!own.isEmpty()) {
                all.set(Long.toString(response), own);
            }
        }
        return orNull(all);
    }

    private JsonNode chosen(String field, List<Option> options) {
        ObjectNode all = JSON.createObjectNode();
        for (Long response : responses) {
            ArrayNode own = words(field + "." + response, options);
            if (!own.isEmpty()) {
                all.set(Long.toString(response), own);
            }
        }
        return orNull(all);
    }

    /** In the order of the options, and what is none of them after those: it will be refused by name. */
    private ArrayNode words(String field, List<Option> options) {
        ArrayNode words = JSON.createArrayNode();
        List<String> sent = form.getOrDefault(field, List.of());
        List<String> known = options.stream().map(Option::name).toList();
        known.stream().filter(sent::contains).forEach(words::add);
        sent.stream().filter(word -> !known.contains(word)).forEach(words::add);
        return words;
    }

    private void number(ObjectNode into, String name, String field) {
        String value = text(field);
        if (value != null) {
            try {
                into.put(name, Long.parseLong(value));
            } catch (NumberFormatException unreadable) {
                throw unreadable(field);
            }
        }
    }

    private String text(String field) {
        String value = form.getFirst(field);
        return value == null || value.isBlank() ? null : value;
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isEmpty() ? null : node;
    }

    private static JsonNode parsed(String field, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw unreadable(field);
        }
    }

    private static Problem unreadable(String field) {
        return Problem.unprocessable("invalid-answers", "The answers are not valid",
                field + " is not what the page sends. Nothing was stored; answer again.");
    }
}
