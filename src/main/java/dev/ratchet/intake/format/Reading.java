package dev.ratchet.intake.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Prompts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file read as a mapping says: outcome by outcome, so that all of it never is in memory. */
public final class Reading implements Closeable {
    /** Rows of one prompt that are compared with each other; a file of nothing else cannot grow in memory. */
    private static final int MOST_IN_A_GROUP = 8;

    private final RowSource source;
    private final RowReader reader;
    private final Mapping mapping;
    private final Limits limits;
    private final Deque<Outcome> ready = new ArrayDeque<>();
    private Outcome group;

    private Reading(RowSource source, RowReader reader, Mapping mapping, Limits limits) {
        this.source = source;
        this.reader = reader;
        this.mapping = mapping;
        this.limits = limits;
    }

    /**
     * Opens a file.
     *
     * @param after passes over the rows up to this number: what {@link Outcome#number} said last time
     */
    public static Reading open(Path file, Mapping mapping, Limits limits, long after) throws IOException {
        RowSource source = Sources.open(file, mapping, limits);
        try {
            source.skipTo(after);
            return new Reading(source, reader(mapping, limits), mapping, limits);
        } catch (IOException | RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    /**
     * What became of a row, or of rows that belong together.
     *
     * @param number of the last of its rows: where to go on
     * @param line of the first of its rows
     * @param rows how many rows it is
     * @param entries what they say; none where the row was rejected
     * @param fault why it was rejected, a clause; null where it was not
     * @param text the rejected row
     */
    public record Outcome(long number, long line, int rows, List<Entry> entries, String fault, String text) {
        static Outcome rejected(RawRow row, String fault) {
            return new Outcome(row.number(), row.line(), 1, List.of(), RawRow.cut(fault), row.shown());
        }
    }

    /** The next outcome; null at the end. */
    public Outcome next() throws IOException {
        while (ready.isEmpty()) {
            RawRow row = source.next();
            if (row == null) {
                flush();
                return ready.poll();
            }
            Outcome outcome = outcome(row);
            if (outcome.fault() == null && outcome.entries().size() == 1 && outcome.entries().get(0).scored()) {
                join(outcome);
            } else {
                flush();
                ready.add(outcome);
            }
        }
        return ready.poll();
    }

    private void join(Outcome next) {
        if (group != null && group.rows() < MOST_IN_A_GROUP
                && group.entries().get(0).prompt().equals(next.entries().get(0).prompt())) {
            Entry before = group.entries().get(0);
            List<Entry.Reply> replies = new ArrayList<>(before.replies());
            Entry.Reply reply = next.entries().get(0).replies().get(0);
            if (replies.stream().noneMatch(known -> known.text().equals(reply.text()))) {
                replies.add(reply);
            }
            Entry joined = new Entry(before.prompt(), replies, before.pairs(), null, null, before.extras());
            group = new Outcome(next.number(), group.line(), group.rows() + 1, List.of(joined), null, null);
        } else {
            flush();
            group = next;
        }
    }

    private void flush() {
        if (group != null) {
            Entry entry = group.entries().get(0);
            List<Entry.Preferred> pairs = new ArrayList<>();
            for (int one = 0; one < entry.replies().size(); one++) {
                for (int other = 0; other < entry.replies().size(); other++) {
                    if (entry.replies().get(one).score() > entry.replies().get(other).score()) {
                        pairs.add(new Entry.Preferred(one, other, 1, 0));
                    }
                }
            }
            ready.add(new Outcome(group.number(), group.line(), group.rows(), List.of(new Entry(
                    entry.prompt(), entry.replies(), pairs, null, null, entry.extras())), null, null));
            group = null;
        }
    }

    private Outcome outcome(RawRow row) {
        if (row.fault() != null) {
            return Outcome.rejected(row, row.fault());
        }
        try {
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : reader.read(row.node())) {
                Entry known = entry.with(extras(row.node(), entry.extras()));
                check(known);
                entries.add(known);
            }
            return new Outcome(row.number(), row.line(), 1, entries, null, null);
        } catch (RowRejected wrong) {
            return Outcome.rejected(row, wrong.getMessage());
        }
    }

    private void check(Entry entry) throws RowRejected {
        if (entry.prompt() != null) {
            Optional<String> fault = Prompts.fault(new NewPrompt(entry.prompt(), entry.extras().splitGroup()));
            if (fault.isPresent()) {
                throw new RowRejected("of the prompt, " + fault.get());
            }
        }
        for (Entry.Reply reply : entry.replies()) {
            checkText("an answer", reply.text());
        }
        if (entry.document() != null) {
            checkText("the text", entry.document());
        }
    }

    private void checkText(String name, String text) throws RowRejected {
        if (text.isBlank()) {
            throw new RowRejected(name + " is empty");
        }
        if (text.length() > limits.field()) {
            throw new RowRejected(name + " has " + text.length() + " characters, more than " + limits.field());
        }
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == 0) {
                throw new RowRejected(name + " has the character NUL, which cannot be stored");
            }
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit) && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    throw new RowRejected(name + " has half a character");
                }
                at++;
            }
        }
    }

    private Entry.Extras extras(ObjectNode row, Entry.Extras known) throws RowRejected {
        JsonNode group = column(row, Mapping.SPLIT_GROUP);
        JsonNode tags = column(row, Mapping.TAGS);
        JsonNode split = column(row, Mapping.SPLIT);
        if (group.isMissingNode() && tags.isMissingNode() && split.isMissingNode()) {
            return known;
        }
        return new Entry.Extras(
                group.isValueNode() && !group.isNull() && !group.asText().isBlank()
                        ? group.asText() : known.splitGroup(),
                side(split.asText("")), tags(tags, known.tags()));
    }

    private JsonNode column(ObjectNode row, String role) {
        return ColumnsReader.at(row, mapping.columns().getOrDefault(role, role));
    }

    private static String side(String split) {
        return switch (split.toLowerCase(Locale.ROOT)) {
            case "train", "training", "train_prefs", "train_sft" -> "train";
            case "eval", "evaluation", "test", "validation", "valid", "dev", "test_prefs", "test_sft" -> "eval";
            default -> null;
        };
    }

    private static List<String> tags(JsonNode value, List<String> known) throws RowRejected {
        List<String> tags = new ArrayList<>(known);
        if (value.isTextual()) {
            for (String tag : value.textValue().split("[,;|]")) {
                add(tag, tags);
            }
        } else if (value.isArray()) {
            for (JsonNode tag : value) {
                add(tag.asText(), tags);
            }
        }
        return tags;
    }

    private static void add(String tag, List<String> tags) throws RowRejected {
        String word = tag.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || tags.contains(word)) {
            return;
        }
        if (tags.size() >= 20 || !word.matches("[\\p{Ll}\\p{Lo}\\p{N}][\\p{Ll}\\p{Lo}\\p{M}\\p{N}_.+-]{0,39}")) {
            throw new RowRejected("the tag '" + word + "' is not a word of at most 40 letters, digits, dots and"
                    + " hyphens, or there are more than 20 tags");
        }
        tags.add(word);
    }

    private static RowReader reader(Mapping mapping, Limits limits) {
        return switch (mapping.format()) {
            case TRL_PREFERENCE, HH_RLHF -> new PreferenceReader();
            case ULTRAFEEDBACK -> new UltraFeedbackReader();
            case HELPSTEER2 -> new HelpSteerReader();
            case ARGILLA -> new ArgillaReader();
            case LABEL_STUDIO -> new LabelStudioReader();
            case CHAT -> new ChatReader();
            case OPENASSISTANT -> new OpenAssistantReader();
            case DOCUMENTS -> new DocumentReader();
            case PROMPTS -> new PromptReader();
            case COLUMNS -> new ColumnsReader(mapping.columns(), limits);
        };
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
