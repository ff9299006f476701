package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Tags for each response, or for the task as a whole.
 *
 * <p>An answer is {@code {"17": ["off-topic"], "18": ["rude", "long"]}}, or {@code ["off-topic"]} where they are the
 * task's. A response without an entry has none.
 *
 * @param tags what may be chosen
 * @param each whether each response has its own
 */
public record Tags(String name, String title, String help, boolean required, List<Option> tags, boolean each)
        implements Question {
    public Tags {
        tags = Definition.list(tags);
    }

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        Chosen.check(field, answer, shown, tags, each);
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
        Definition.options("tags", tags);
    }
}
