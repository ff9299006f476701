package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Label Studio's tasks: {@code data} with the prompt and its answers, {@code annotations} with results. Pairwise and
 * choices say left or right (the first or the second answer), a ranker lists the best first, a text area holds a
 * demonstration, ratings of answers order them.
 */
final class LabelStudioReader implements RowReader {
    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        if (!row.path("data").isObject()) {
            throw new RowRejected("the field 'data' is missing");
        }
        AnswerFields fields = AnswerFields.of(row.path("data"), "data");
        Votes votes = new Votes(fields.answers().size());
        String written = null;
        for (JsonNode annotation : row.has("annotations") ? row.path("annotations") : row.path("completions")) {
            if (annotation.path("was_cancelled").asBoolean()) {
                continue;
            }
            List<Double> ratings = new ArrayList<>();
            fields.answers().keySet().forEach(name -> ratings.add(null));
            for (JsonNode result : annotation.path("result")) {
                String text = vote(result, fields, votes, ratings);
                written = written == null ? text : written;
            }
            votes.ranks(ratings.stream().map(stars -> stars == null ? null : -stars).toList());
        }
        return List.of(fields.entry(votes, written));
    }

    private static String vote(JsonNode result, AnswerFields fields, Votes votes, List<Double> ratings) {
        JsonNode value = result.path("value");
        switch (result.path("type").asText()) {
            case "pairwise" -> best(value.path("selected").asText(), fields, votes);
            case "choices" -> {
                if (value.path("choices").size() == 1) {
                    best(value.path("choices").get(0).asText(), fields, votes);
                }
            }
            case "ranker" -> rank(value.path("ranker"), fields, votes);
            case "rating" -> {
                int place = fields.place(result.path("to_name").asText());
                if (place >= 0 && value.path("rating").isNumber()) {
                    ratings.set(place, value.path("rating").doubleValue());
                }
            }
            case "textarea" -> {
                JsonNode text = value.path("text");
                return text.isTextual() ? text.textValue() : text.path(0).asText(null);
            }
            default -> {
                // Spans and the like say nothing of which answer is better.
            }
        }
        return null;
    }

    private static void best(String named, AnswerFields fields, Votes votes) {
        int place = fields.place(named);
        if (place < 0) {
            place = named.equalsIgnoreCase("left") ? 0 : named.equalsIgnoreCase("right") ? 1 : -1;
        }
        if (place >= 0 && place < fields.answers().size()) {
            votes.best(place);
        }
    }

    private static void rank(JsonNode ranker, AnswerFields fields, Votes votes) {
        JsonNode order = ranker.isObject() && ranker.size() > 0 ? ranker.elements().next() : ranker;
        List<Double> ranks = new ArrayList<>();
        fields.answers().keySet().forEach(name -> ranks.add(null));
        double at = 0;
        for (JsonNode named : order) {
            int place = fields.place(named.asText());
            if (place >= 0) {
                ranks.set(place, at++);
            }
        }
        votes.ranks(ranks);
    }
}
