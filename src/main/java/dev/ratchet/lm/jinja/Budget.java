package dev.ratchet.lm.jinja;

/** What one rendering may still do: counted work, so that the same template is always refused at the same place. */
final class Budget {
    /** The longest text that a rendering may make, and write. */
    static final int LONGEST_TEXT = 2 << 20;
    private static final long WORK = 30_000_000;
    private static final int NESTING = 100;

    private long left = WORK;
    private int depth;

    void spend(long work) {
        left -= work;
        if (left < 0) {
            throw new TemplateException("The chat template does more work than it may.");
        }
    }

    /** Counts a text that was made. */
    String made(String text) {
        requireLength(text.length());
        spend(1 + text.length() / 4);
        return text;
    }

    /** Counts a search for a text in another, which compares each with each where both repeat one character. */
    void sought(String text, String sought) {
        spend(1 + text.length() / 4 + Math.max(0, text.length() - sought.length() + 1L) * sought.length() / 16);
    }

    void requireLength(long characters) {
        if (characters > LONGEST_TEXT) {
            throw new TemplateException("The chat template writes more than " + LONGEST_TEXT + " characters.");
        }
    }

    void enter() {
        if (++depth > NESTING) {
            throw new TemplateException("The chat template nests deeper than " + NESTING + " levels.");
        }
    }

    void leave() {
        depth--;
    }
}
