package dev.ratchet.intake.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file's content, unpacked where it is gzipped; it ends with an error where the content grows out of all measure. */
final class Unpacked extends FilterInputStream {
    /** Below this no ratio is suspicious: it costs nobody anything. */
    private static final long HARMLESS = 64L << 20;

    private final Counting packed;
    private final Limits limits;
    private long read;

    private Unpacked(InputStream content, Counting packed, Limits limits) {
        super(content);
        this.packed = packed;
        this.limits = limits;
    }

    static InputStream open(Path file, Limits limits) throws IOException {
        Counting counting = new Counting(Files.newInputStream(file));
        InputStream raw = new BufferedInputStream(counting, 1 << 16);
        try {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return zipped ? new Unpacked(new GZIPInputStream(raw, 1 << 16), counting, limits) : raw;
        } catch (IOException | RuntimeException failure) {
            raw.close();
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        grown(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        grown(Math.max(0, count));
        return count;
    }

    private void grown(int by) throws IOException {
        read += by;
        if (read > limits.unpacked()) {
            throw new IOException("the unpacked content is larger than " + limits.unpacked() + " bytes");
        }
        if (read > HARMLESS && read / Math.max(1, packed.count) > limits.ratio()) {
            throw new IOException("the content is more than " + limits.ratio()
                    + " times as large as its packed form: unpack it yourself if it is what you want");
        }
    }

    /** Counts what is read. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
