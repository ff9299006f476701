package dev.ratchet.question;

/** An answer that the question does not allow; names the field and says what would be right. */
public final class InvalidAnswer extends RuntimeException {
    private final String field;

    InvalidAnswer(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
    }

    /** The path of the field, such as {@code answers.helpful.17.clarity}. */
    public String field() {
        return field;
    }
}
