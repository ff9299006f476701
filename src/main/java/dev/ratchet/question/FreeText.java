package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Free text, such as a comment. An answer is the text.
 *
 * @param maxLength most characters, 1 to 20,000
 */
public record FreeText(String name, String title, String help, boolean required, int maxLength) implements Question {
    private static final int MOST = 20_000;

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        Reading.text(field, answer, maxLength);
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
        Definition.require(maxLength >= 1 && maxLength <= MOST, "maxLength", "must be 1 to " + MOST);
    }
}
