package dev.ratchet.question;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads an answer's JSON field by field, and refuses what the form could not have sent. */
final class Reading {
    private Reading() {
    }

    /** A whole number from low to high. */
    static int whole(String field, JsonNode node, int low, int high) {
        if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()
                || node.intValue() < low || node.intValue() > high) {
            throw new InvalidAnswer(field, "must be a whole number from " + low + " to " + high);
        }
        return node.intValue();
    }

    /** Text that is not blank, without NUL, of at most {@code most} characters. */
    static String text(String field, JsonNode node, int most) {
        if (node == null || !node.isTextual() || node.textValue().isBlank() || node.textValue().length() > most
                || node.textValue().indexOf('\0') >= 0) {
            throw new InvalidAnswer(field, "must be text of 1 to " + most + " characters without NUL");
        }
        return node.textValue();
    }

    /** One of the words. */
    static String word(String field, JsonNode node, List<String> words) {
        if (node == null || !node.isTextual() || !words.contains(node.textValue())) {
            throw new InvalidAnswer(field, "must be one of " + String.join(", ", words));
        }
        return node.textValue();
    }

    /** Different words of a list, one at least. */
    static List<String> words(String field, JsonNode node, List<String> words) {
        if (node == null || !node.isArray() || node.isEmpty()) {
            throw new InvalidAnswer(field, "must be a list of one or more of " + String.join(", ", words));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            if (!seen.add(word(field + "[" + i + "]", node.get(i), words))) {
                throw new InvalidAnswer(field + "[" + i + "]", "says the same as another one");
            }
        }
        return words.stream().filter(seen::contains).toList();
    }

    /** The id of a response that was shown. */
    static long response(String field, JsonNode node, Shown shown) {
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()
                || !shown.responses().contains(node.longValue())) {
            throw new InvalidAnswer(field, "must be one of the responses shown: " + shown.responses());
        }
        return node.longValue();
    }

    /** An object with the given fields and no others; an absent one is null. */
    static void fields(String field, JsonNode node, String... names) {
        if (node == null || !node.isObject()) {
            throw new InvalidAnswer(field, "must be an object with " + String.join(", ", names));
        }
        List<String> known = List.of(names);
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new InvalidAnswer(field + "." + name, "is not a field of this question");
            }
        });
    }

    /**
     * An object with one entry per response shown.
     *
     * @param all whether every response needs one; where not, one at least is needed
     */
    static Map<Long, JsonNode> byResponse(String field, JsonNode node, Shown shown, boolean all) {
        if (node == null || !node.isObject() || node.isEmpty()) {
            throw new InvalidAnswer(field, "must be an object with an entry per response: " + shown.responses());
        }
        Map<Long, JsonNode> entries = new TreeMap<>();
        node.fields().forEachRemaining(entry -> {
            Long response = shown.responses().stream().filter(id -> entry.getKey().equals(Long.toString(id)))
                    .findFirst().orElseThrow(() -> new InvalidAnswer(field + "." + entry.getKey(),
                            "is not one of the responses shown: " + shown.responses()));
            entries.put(response, entry.getValue());
        });
        if (all) {
            shown.responses().stream().filter(id -> !entries.containsKey(id)).findFirst().ifPresent(missing -> {
                throw new InvalidAnswer(field + "." + missing, "is missing");
            });
        }
        return entries;
    }
}
