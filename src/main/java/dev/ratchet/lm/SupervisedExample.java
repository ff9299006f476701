package dev.ratchet.lm;

import java.util.List;

/**
 * A conversation and the reply that the model shall learn to give.
 *
 * @param everyTurn whether all of the assistant's turns are learned, by the template's own marks where it has any
 */
public record SupervisedExample(List<Message> conversation, String reply, boolean everyTurn) {
    public SupervisedExample {
        conversation = List.copyOf(conversation);
        if (everyTurn && Message.isText(conversation)) {
            throw new IllegalArgumentException("A plain text has no turns.");
        }
    }

    public SupervisedExample(List<Message> conversation, String reply) {
        this(conversation, reply, false);
    }

    /** A text of a domain, all of which is learned: see {@link PackedText}. */
    public static SupervisedExample text(String text) {
        return new SupervisedExample(List.of(), text);
    }

    /**
     * A conversation whose assistant's turns are all learned.
     *
     * @throws IllegalArgumentException where it does not end with the assistant's turn
     */
    public static SupervisedExample dialogue(List<Message> turns) {
        if (turns.size() < 2 || !turns.get(turns.size() - 1).role().equals("assistant")) {
            throw new IllegalArgumentException("A dialogue to learn from has a prompt, and ends with an assistant's"
                    + " turn.");
        }
        int last = turns.size() - 1;
        return new SupervisedExample(turns.subList(0, last), turns.get(last).content(), true);
    }
}
