package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A better answer, written by the reviewer from one of the responses; it becomes a demonstration for supervised
 * training.
 *
 * <p>An answer is {@code {"response": 17, "text": "…"}}; the text must differ from the response.
 */
public record Rewrite(String name, String title, String help, boolean required) implements Question {
    private static final int MOST = 100_000;

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        Reading.fields(field, answer, "response", "text");
        long response = Reading.response(field + ".response", answer.get("response"), shown);
        String text = Reading.text(field + ".text", answer.get("text"), MOST);
        if (text.strip().equals(shown.text(response).strip())) {
            throw new InvalidAnswer(field + ".text", "is the response as it was: change it, or leave the rewrite out");
        }
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
    }
}
