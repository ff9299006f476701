package dev.ratchet.intake;

import dev.ratchet.intake.format.Detection;
import dev.ratchet.intake.format.Entry;
import dev.ratchet.intake.format.Mapping;
import dev.ratchet.intake.format.NearDuplicates;
import dev.ratchet.intake.format.PersonalData;
import dev.ratchet.intake.format.Reading;
import dev.ratchet.lm.Message;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Prompts;
import dev.ratchet.project.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what a file would bring, row by row, in memory that does not grow with it. */
final class Inspection {
    private static final int SAMPLES = 20;
    private static final int REFUSED = 50;
    private static final int SHOWN = 400;
    private static final int MOST_REASONS = 50;
    private static final byte EVAL = 1;
    private static final byte OF_PROJECT = 2;

    private final Mapping mapping;
    private final NearDuplicates near = new NearDuplicates();
    private final Map<String, Long> reasons = new LinkedHashMap<>();
    private final Map<String, Long> personal = new LinkedHashMap<>();
    private final List<Preview.Sample> samples = new ArrayList<>();
    private final List<Preview.Refused> refused = new ArrayList<>();
    private long rows;
    private long rejected;
    private long entries;
    private long pairs;
    private long demonstrations;
    private long documents;
    private long prompts;
    private long repeated;
    private long nearInFile;
    private long nearInProject;
    private long otherSideThanFile;
    private long otherSideThanNear;
    private long personalRows;

    Inspection(Mapping mapping) {
        this.mapping = mapping;
    }

    /** A prompt that the project has. */
    void known(List<Message> messages, String split) {
        near.add(joined(messages), (byte) (OF_PROJECT | (split.equals("eval") ? EVAL : 0)));
    }

    long rows() {
        return rows;
    }

    void add(Reading.Outcome outcome) {
        rows += outcome.rows();
        if (outcome.fault() != null) {
            rejected++;
            String reason = reasons.size() < MOST_REASONS || reasons.containsKey(outcome.fault())
                    ? outcome.fault() : "another reason";
            reasons.merge(reason, 1L, Long::sum);
            if (refused.size() < REFUSED) {
                refused.add(new Preview.Refused(outcome.line(), outcome.fault(), shown(outcome.text())));
            }
            return;
        }
        boolean found = false;
        for (Entry entry : outcome.entries()) {
            found |= countPersonal(entry);
            count(outcome.line(),
                    mapping.maskPersonalData() ? entry.map(text -> PersonalData.mask(text).text()) : entry);
        }
        personalRows += found ? 1 : 0;
    }

    private boolean countPersonal(Entry entry) {
        boolean found = false;
        for (String text : entry.texts()) {
            for (Map.Entry<PersonalData.Kind, Integer> kind : PersonalData.mask(text).found().entrySet()) {
                personal.merge(kind.getKey().id(), (long) kind.getValue(), Long::sum);
                found = true;
            }
        }
        return found;
    }

    private void count(long line, Entry entry) {
        entries++;
        pairs += entry.pairs().size();
        demonstrations += entry.demonstration() != null ? 1 : 0;
        documents += entry.document() != null ? 1 : 0;
        prompts += entry.prompt() != null && entry.replies().isEmpty() ? 1 : 0;
        Split side = side(entry);
        if (entry.extras().side() != null && !entry.extras().side().equals(name(side))) {
            otherSideThanFile++;
        }
        compare(entry, side);
        if (samples.size() < SAMPLES) {
            samples.add(new Preview.Sample(line, kind(entry),
                    shown(entry.prompt() == null ? entry.document() : joined(entry.prompt())),
                    entry.replies().stream().map(reply -> shown(reply.text())).toList(), name(side),
                    entry.extras().tags()));
        }
    }

    static Split side(Entry entry) {
        if (entry.prompt() != null) {
            return Prompts.sideOf(new NewPrompt(entry.prompt(), entry.extras().splitGroup()));
        }
        return Split.of(entry.extras().splitGroup() == null ? entry.document() : entry.extras().splitGroup());
    }

    static String name(Split side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private void compare(Entry entry, Split side) {
        byte mark = side == Split.EVAL ? EVAL : 0;
        NearDuplicates.Near other = near.add(entry.prompt() == null ? entry.document() : joined(entry.prompt()), mark);
        if (other == null) {
            return;
        }
        if (other.same()) {
            repeated++;
        } else if ((other.mark() & OF_PROJECT) != 0) {
            nearInProject++;
        } else {
            nearInFile++;
        }
        otherSideThanNear += (other.mark() & EVAL) == mark ? 0 : 1;
    }

    private static String kind(Entry entry) {
        if (entry.document() != null) {
            return "document";
        }
        if (!entry.pairs().isEmpty()) {
            return "pair";
        }
        return entry.demonstration() != null ? "demonstration" : entry.replies().isEmpty() ? "prompt" : "answers";
    }

    private static String joined(List<Message> messages) {
        return messages.stream().map(Message::content).collect(Collectors.joining("\n\n"));
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }

    Preview preview(List<Detection.Column> columns) {
        Map<String, Long> ordered = new LinkedHashMap<>();
        reasons.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(reason -> ordered.put(reason.getKey(), reason.getValue()));
        return new Preview(rows, rejected, entries, pairs, demonstrations, documents, prompts, ordered, repeated,
                nearInFile, nearInProject, !near.full(), otherSideThanFile, otherSideThanNear, personal, personalRows,
                columns, samples, refused);
    }
}
