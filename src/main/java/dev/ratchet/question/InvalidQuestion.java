package dev.ratchet.question;

/** A question that cannot be asked as it was configured; names the field and says what would be right. */
public final class InvalidQuestion extends RuntimeException {
    InvalidQuestion(String field, String rule) {
        super(field + " " + rule);
    }
}
