package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What is unsafe in each response; a flag is a finding for the lead, whatever else the rating says.
 *
 * <p>An answer is {@code {"17": ["violence"]}}; a response without an entry was found safe.
 *
 * @param flags what may be found
 */
public record Safety(String name, String title, String help, boolean required, List<Option> flags)
        implements Question {
    public Safety {
        flags = Definition.list(flags);
    }

    @Override
    public void check(String field, JsonNode answer, Shown shown) {
        if (!(answer.isObject() && answer.isEmpty())) {
            Chosen.check(field, answer, shown, flags, true);
        }
    }

    @Override
    public void checkDefinition() {
        Definition.check(this);
        Definition.options("flags", flags);
    }
}
