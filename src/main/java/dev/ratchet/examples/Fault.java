package dev.ratchet.examples;

/** What can be wrong with a row. */
public enum Fault {
    MALFORMED_JSON("malformed JSON"),
    MISSING_FIELD("a missing field"),
    WRONG_TYPE("a wrong type"),
    EMPTY_PROMPT("an empty prompt"),
    NO_SHARED_PROMPT("no shared prompt"),
    SEVERAL_TURNS("answers of several turns"),
    EMPTY_ANSWER("an empty answer"),
    IDENTICAL_ANSWERS("identical answers"),
    REFUSED_BY_TEMPLATE("a conversation that the chat template refuses"),
    DOUBLED_BOS("a doubled beginning-of-text token"),
    DOUBLED_EOS("a doubled end-of-text token"),
    MISSING_EOS("a missing end-of-text token"),
    CUT_TO_NOTHING("an answer cut to nothing"),
    OVER_LENGTH("an answer over length"),
    BOTH_OVER_LENGTH("both answers over length"),
    DUPLICATE("a repeated row"),
    CONTRADICTION("a pair that another row turns round");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** The fault as a report counts it. */
    public String words() {
        return words;
    }

    /** Whether the row can be learned from nevertheless. */
    public boolean isWarning() {
        return this == DUPLICATE || this == CONTRADICTION;
    }
}
