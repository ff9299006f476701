package dev.ratchet.lm;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression from a file that someone else wrote: it matches whole names, in bounded work. */
record BoundedPattern(Pattern pattern) {
    private static final int MOST_STEPS = 1_000_000;

    /** @throws ModelFormatException where the text is no regular expression */
    static BoundedPattern of(String text) {
        try {
            return new BoundedPattern(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new ModelFormatException("'" + text + "' is no regular expression: " + e.getDescription() + ".", e);
        }
    }

    /** @throws ModelFormatException where the expression takes too long */
    boolean matches(String name) {
        return pattern.matcher(new Counted(name, new int[1])).matches();
    }

    /** A name that lets itself be read so many times only, which ends an expression that backtracks for ever. */
    private record Counted(String text, int[] steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new ModelFormatException("A regular expression takes too long on " + text
                        + "; write a simpler one.");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }
}
