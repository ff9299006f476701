package dev.ratchet.intake.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a file, none of which is held beyond a limit; each must be UTF-8. */
final class ByteLines implements Closeable {
    private static final int SHOWN_OF_TOO_LONG = 2_000;

    private final InputStream in;
    private final int limit;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1 << 12];
    private int length;
    private long size;
    private long number;
    private boolean ended;
    private String text;
    private String fault;

    ByteLines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Goes to the next line; false at the end. A file that breaks off gives one more line, with a fault. */
    boolean next() {
        if (ended) {
            return false;
        }
        length = 0;
        size = 0;
        text = null;
        fault = null;
        try {
            if (!readLine()) {
                ended = true;
                return false;
            }
        } catch (IOException broken) {
            ended = true;
            fault = "the file cannot be read from here on: " + broken.getMessage();
        }
        number++;
        return true;
    }

    private boolean readLine() throws IOException {
        boolean any = false;
        while (true) {
            if (from == to) {
                to = in.read(buffer, 0, buffer.length);
                from = 0;
                if (to <= 0) {
                    to = 0;
                    return any;
                }
            }
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            keep(end - from);
            boolean whole = end < to;
            from = whole ? end + 1 : to;
            if (whole) {
                return true;
            }
        }
    }

    private void keep(int count) {
        size += count;
        int kept = (int) Math.min(count, (long) limit - length);
        if (kept > 0) {
            if (length + kept > line.length) {
                line = Arrays.copyOf(line, Math.max(length + kept, Math.min(limit, 2 * line.length)));
            }
            System.arraycopy(buffer, from, line, length, kept);
            length += kept;
        }
    }

    /** The number of this line, from 1; 0 before the first. */
    long number() {
        return number;
    }

    /** Why this line cannot be used; null where it can. */
    String fault() {
        text();
        return fault;
    }

    /** This line without its end. */
    String text() {
        if (text == null) {
            text = decoded();
        }
        return text;
    }

    private String decoded() {
        int begin = number == 1 && length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB
                && line[2] == (byte) 0xBF ? 3 : 0;
        int end = length > begin && line[length - 1] == '\r' ? length - 1 : length;
        if (size > limit) {
            fault = "the line has " + size + " bytes, more than " + limit;
            return new String(line, begin, Math.min(length, SHOWN_OF_TOO_LONG), StandardCharsets.UTF_8) + "…";
        }
        try {
            return decoder.decode(ByteBuffer.wrap(line, begin, end - begin)).toString();
        } catch (CharacterCodingException wrong) {
            fault = fault == null ? "the line is not UTF-8" : fault;
            return new String(line, begin, end - begin, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
