package dev.ratchet.intake.format;

/**
 * What a file may ask of the reader.
 *
 * @param line most bytes of a line, or of a record that spans several
 * @param field most characters of one text
 * @param depth most levels of JSON
 * @param unpacked most bytes of a packed file's content
 * @param ratio how many times larger than its packed form the content may be, once it is large
 */
public record Limits(int line, int field, int depth, long unpacked, int ratio) {
    public static final Limits STANDARD = new Limits(4 << 20, 1_000_000, 64, 64L << 30, 200);
}
