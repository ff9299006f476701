package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** OpenAssistant's trees: every turn of the prompter's with its ranked replies; rank 0 is the best. */
final class OpenAssistantReader implements RowReader {
    /** So many replies of one turn are compared: of more, the best ranked. */
    private static final int MOST_REPLIES = 8;

    @Override
    public List<Entry> read(ObjectNode row) throws RowRejected {
        List<Entry> entries = new ArrayList<>();
        walk(row.path("prompt"), List.of(), entries);
        if (entries.isEmpty()) {
            throw new RowRejected("the tree has no prompt");
        }
        return entries;
    }

    private static void walk(JsonNode asked, List<Message> before, List<Entry> entries) throws RowRejected {
        if (asked.path("deleted").asBoolean() || !asked.path("text").isTextual()) {
            return;
        }
        List<Message> prompt = new ArrayList<>(before);
        prompt.add(Message.user(Turns.notEmpty(asked.path("text").textValue(), "text")));
        List<JsonNode> replies = new ArrayList<>();
        for (JsonNode reply : asked.path("replies")) {
            if (reply.path("text").isTextual() && !reply.path("text").textValue().isBlank()
                    && !reply.path("deleted").asBoolean()) {
                replies.add(reply);
            }
        }
        replies.sort(Comparator.comparingLong(reply -> reply.path("rank").asLong(Long.MAX_VALUE)));
        entries.add(entry(prompt, replies.subList(0, Math.min(MOST_REPLIES, replies.size())),
                asked.path("lang").asText("")));
        for (JsonNode reply : replies) {
            List<Message> path = new ArrayList<>(prompt);
            path.add(Message.assistant(reply.path("text").textValue()));
            for (JsonNode next : reply.path("replies")) {
                walk(next, path, entries);
            }
        }
    }

    private static Entry entry(List<Message> prompt, List<JsonNode> replies, String language) {
        List<Entry.Reply> answers = new ArrayList<>();
        List<Long> ranks = new ArrayList<>();
        for (JsonNode reply : replies) {
            String text = reply.path("text").textValue();
            if (answers.stream().noneMatch(known -> known.text().equals(text))) {
                answers.add(new Entry.Reply(text, null, Map.of()));
                ranks.add(reply.path("rank").isIntegralNumber() ? reply.path("rank").asLong() : null);
            }
        }
        List<Entry.Preferred> pairs = new ArrayList<>();
        for (int better = 0; better < ranks.size(); better++) {
            for (int worse = better + 1; worse < ranks.size(); worse++) {
                if (ranks.get(better) != null && ranks.get(worse) != null && ranks.get(better) < ranks.get(worse)) {
                    pairs.add(new Entry.Preferred(better, worse, 1, 0));
                }
            }
        }
        return new Entry(prompt, answers, pairs, null, null, new Entry.Extras(null, null,
                language.isBlank() ? List.of() : List.of(language.toLowerCase(Locale.ROOT))));
    }
}
