package dev.ratchet.intake.format;

import dev.ratchet.lm.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a row says, whatever its layout: a prompt with what is known of its answers, or a document.
 *
 * @param prompt the conversation that waits for an answer; null for a document
 * @param replies answers to it, each text once
 * @param pairs which of two replies is better
 * @param demonstration the place of a reply to be learned as it is; null where there is none
 * @param document a text to be learned; null where there is a prompt
 * @param extras what the file says of the row besides
 */
public record Entry(List<Message> prompt, List<Reply> replies, List<Preferred> pairs, Integer demonstration,
        String document, Extras extras) {

    /** An answer; {@code score} orders the answers of rows that follow each other with the same prompt. */
    public record Reply(String text, Double score, Map<String, Double> scores) {
        public static Reply of(String text) {
            return new Reply(text, null, Map.of());
        }
    }

    /** Two places in the replies, and how much the pair counts. */
    public record Preferred(int chosen, int rejected, double weight, double margin) {}

    /**
     * @param splitGroup what stays on one side of the split; null for the first user turn
     * @param side {@code train} or {@code eval} where the file says which; null otherwise
     * @param tags lower case words
     */
    public record Extras(String splitGroup, String side, List<String> tags) {
        public static final Extras NONE = new Extras(null, null, List.of());
    }

    public static Entry pair(List<Message> prompt, String chosen, String rejected, double weight, double margin) {
        return new Entry(prompt, List.of(Reply.of(chosen), Reply.of(rejected)),
                List.of(new Preferred(0, 1, weight, margin)), null, null, Extras.NONE);
    }

    public static Entry demonstration(List<Message> prompt, String answer) {
        return new Entry(prompt, List.of(Reply.of(answer)), List.of(), 0, null, Extras.NONE);
    }

    public static Entry answer(List<Message> prompt, Reply reply) {
        return new Entry(prompt, List.of(reply), List.of(), null, null, Extras.NONE);
    }

    public static Entry prompt(List<Message> prompt) {
        return new Entry(prompt, List.of(), List.of(), null, null, Extras.NONE);
    }

    public static Entry document(String text) {
        return new Entry(null, List.of(), List.of(), null, text, Extras.NONE);
    }

    Entry with(Extras known) {
        return new Entry(prompt, replies, pairs, demonstration, document, known);
    }

    /** Whether it is one scored answer, which may form pairs with its neighbours. */
    boolean scored() {
        return prompt != null && replies.size() == 1 && replies.get(0).score() != null && demonstration == null;
    }

    /** All of its texts changed. */
    public Entry map(UnaryOperator<String> change) {
        List<Message> turns = prompt == null ? null : prompt.stream()
                .map(turn -> new Message(turn.role(), change.apply(turn.content()))).toList();
        List<Reply> changed = replies.stream()
                .map(reply -> new Reply(change.apply(reply.text()), reply.score(), reply.scores())).toList();
        return new Entry(turns, changed, pairs, demonstration, document == null ? null : change.apply(document),
                extras.splitGroup() == null ? extras
                        : new Extras(change.apply(extras.splitGroup()), extras.side(), extras.tags()));
    }

    /** All of its texts, in reading order. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        if (prompt != null) {
            prompt.forEach(turn -> texts.add(turn.content()));
        }
        replies.forEach(reply -> texts.add(reply.text()));
        if (document != null) {
            texts.add(document);
        }
        return texts;
    }

    /** Characters of all of its texts. */
    public long length() {
        long length = document == null ? 0 : document.length();
        if (prompt != null) {
            for (Message turn : prompt) {
                length += turn.content().length();
            }
        }
        for (Reply reply : replies) {
            length += reply.text().length();
        }
        return length;
    }
}
