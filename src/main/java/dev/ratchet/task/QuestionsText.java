package dev.ratchet.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.question.InvalidQuestion;
import dev.ratchet.question.Questions;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions as the JSON that a lead edits, and what is wrong with it. */
@Singleton
class QuestionsText {
    private static final Pattern PLACE = Pattern.compile("questions\\[(\\d+)]\\.(\\w+) (.*)", Pattern.DOTALL);

    private final ObjectMapper json;

    QuestionsText(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What is wrong with the questions.
     *
     * @param at where: {@code 2.title} for a field of the third question, or the name of a field of the form
     * @param words for people
     */
    record Fault(String at, String words) {
        /** The fault that the check of a definition found. */
        static Fault of(String message) {
            Matcher place = PLACE.matcher(message.strip());
            return place.matches()
                    ? new Fault(place.group(1) + "." + place.group(2),
                            "Question " + (1 + Integer.parseInt(place.group(1)))
                            + ": " + place.group(2) + " " + place.group(3) + ".")
                    : new Fault("questions", "The " + message.strip() + ".");
        }
    }

    /** Text that cannot be read as questions, or questions that cannot be asked. */
    static final class Unusable extends Exception {
        private final transient Fault fault;

        Unusable(Fault fault) {
            super(fault.words());
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    String write(Questions questions) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(questions);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Questions cannot be written", failure);
        }
    }

    /** The questions that a text says; unknown fields and misspelt kinds are refused, so that nothing gets lost. */
    Questions read(String text) throws Unusable {
        String given = text == null || text.isBlank() ? "[]" : text;
        try {
            json.readTree(given);
        } catch (JsonProcessingException wrong) {
            throw new Unusable(new Fault("questions", "This is not JSON, at " + where(wrong) + ": " + words(wrong)));
        }
        try {
            Questions questions = json.readerFor(Questions.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(given);
            questions.checkDefinition();
            return questions;
        } catch (InvalidQuestion wrong) {
            throw new Unusable(Fault.of(wrong.getMessage()));
        } catch (JsonMappingException wrong) {
            throw new Unusable(new Fault(
                    place(wrong), "The questions cannot be read at " + where(wrong) + ": " + words(wrong)));
        } catch (JsonProcessingException wrong) {
            throw new Unusable(new Fault("questions", "The questions cannot be read: " + words(wrong)));
        }
    }

    /** Without the places in the library's own form that may follow. */
    private static String words(JsonProcessingException wrong) {
        return wrong.getOriginalMessage() == null
                ? "" : wrong.getOriginalMessage().split("\\n| \\(start marker| at \\[Source")[0];
    }

    private static String where(JsonProcessingException wrong) {
        return wrong.getLocation() == null ? "an unknown place"
                : "line " + wrong.getLocation().getLineNr() + ", column " + wrong.getLocation().getColumnNr();
    }

    private static String place(JsonMappingException wrong) {
        var path = wrong.getPath();
        return path.size() >= 2 && path.get(0).getIndex() >= 0 && path.get(1).getFieldName() != null
                ? path.get(0).getIndex() + "." + path.get(1).getFieldName() : "questions";
    }
}
