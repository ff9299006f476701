package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Words chosen from a list, for each response or for the task as a whole. */
final class Chosen {
    private Chosen() {
    }

    static void check(String field, JsonNode answer, Shown shown, List<Option> options, boolean each) {
        List<String> names = options.stream().map(Option::name).toList();
        if (each) {
            Reading.byResponse(field, answer, shown, false)
                    .forEach((response, words) -> Reading.words(field + "." + response, words, names));
        } else {
            Reading.words(field, answer, names);
        }
    }
}
