package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Argilla's records, of version 2 ({@code responses: {question: [{value, user_id, status}]}}) and version 1
 * ({@code responses: [{values: {question: {value}}, status}]}). A ranking, or a label that names an answer's field,
 * tells answers apart; a text of a question about the answer is a demonstration. Where nobody answered, suggestions
 * count.
 */
final class ArgillaReader implements RowReader {
    private static final Pattern WRITTEN =
            Pattern.compile("(?i).*(response|answer|completion|rewrite|correct|improve|demonstration|edit).*");

    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        if (!row.path("fields").isObject()) {
            throw new RowRejected("the field 'fields' is missing");
        }
        AnswerFields fields = AnswerFields.of(row.path("fields"), "fields");
        Votes votes = new Votes(fields.answers().size());
        List<Said> all = responses(row.path("responses"));
        if (all.isEmpty()) {
            all = suggestions(row.path("suggestions"));
        }
        String written = null;
        for (Said said : all) {
            String text = vote(said, fields, votes);
            written = written == null ? text : written;
        }
        int chosen = fields.place("chosen");
        int rejected = fields.place("rejected");
        if (all.isEmpty() && chosen >= 0 && rejected >= 0) {
            votes.prefer(chosen, rejected);
        }
        return List.of(fields.entry(votes, written));
    }

    private record Said(String question, JsonNode value) {}

    private static List<Said> responses(JsonNode responses) {
        List<Said> all = new ArrayList<>();
        if (responses.isObject()) {
            responses.fields().forEachRemaining(question -> question.getValue().forEach(answer -> {
                if (counts(answer)) {
                    all.add(new Said(question.getKey(), answer.path("value")));
                }
            }));
        } else {
            responses.forEach(answer -> {
                if (counts(answer)) {
                    answer.path("values").fields().forEachRemaining(
                            value -> all.add(new Said(value.getKey(), value.getValue().path("value"))));
                }
            });
        }
        return all;
    }

    private static boolean counts(JsonNode answer) {
        String status = answer.path("status").asText("submitted");
        return status.equals("submitted") || status.equals("completed");
    }

    private static List<Said> suggestions(JsonNode suggestions) {
        List<Said> all = new ArrayList<>();
        if (suggestions.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> each = suggestions.fields(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> suggestion = each.next();
                all.add(new Said(suggestion.getKey(), suggestion.getValue().path("value")));
            }
        } else {
            suggestions.forEach(each ->
                    all.add(new Said(each.path("question_name").asText(""), each.path("value"))));
        }
        return all;
    }

    /** Counts what was said; gives the text where it is one of an answer. */
    private static String vote(Said said, AnswerFields fields, Votes votes) {
        if (said.value().isTextual()) {
            int place = fields.place(said.value().textValue());
            if (place >= 0) {
                votes.best(place);
                return null;
            }
            return WRITTEN.matcher(said.question()).matches() ? said.value().textValue() : null;
        }
        if (said.value().isArray() && said.value().size() > 0 && said.value().get(0).has("rank")) {
            List<Double> ranks = new ArrayList<>();
            fields.answers().keySet().forEach(name -> ranks.add(null));
            for (JsonNode ranked : said.value()) {
                int place = fields.place(ranked.path("value").asText());
                if (place >= 0 && ranked.path("rank").isNumber()) {
                    ranks.set(place, ranked.path("rank").doubleValue());
                }
            }
            votes.ranks(ranks);
        }
        return null;
    }
}
