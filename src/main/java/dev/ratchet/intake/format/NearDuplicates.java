package dev.ratchet.intake.format;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds texts that are nearly the same, in memory that does not grow beyond a number of texts. A text is its runs of
 * five characters, after NFKC, in lower case, with letters and digits only and single spaces. One-permutation MinHash
 * (Li, Owen, Zhang 2012) with densification (Shrivastava, Li 2014) gives 128 minima; texts that share four neighbouring
 * ones are candidates, and count as near where their lowest bits estimate a Jaccard similarity of 0.8 or more
 * (b-bit minwise hashing, Li, König 2010).
 */
public final class NearDuplicates {
    /** Most texts that are remembered; later ones are compared with these. */
    public static final int CAPACITY = 500_000;

    private static final int RUN = 5;
    private static final int BINS = 128;
    private static final int ROWS = 4;
    private static final int BANDS = 16;
    private static final int BUCKETS = 1 << 17;
    private static final int LONGEST = 20_000;
    private static final int MOST_CANDIDATES = 32;
    /** Matching bits of 128 at a similarity of 0.8: half of the rest match by chance. */
    private static final int ENOUGH = (int) Math.ceil(BINS * (1 + 0.8) / 2);

    /** Twice as many places as texts, by the hash of the whole text. */
    private final int[] exact = new int[1 << 20];
    private final int[] heads = new int[BANDS * BUCKETS];
    private int[] next = new int[BANDS * 1024];
    private long[] sketches = new long[2 * 1024];
    private long[] hashes = new long[1024];
    private byte[] marks = new byte[1024];
    private int count;

    /**
     * A text that is nearly the same: what was said of it, and whether it is the very same but for case and
     * punctuation.
     */
    public record Near(byte mark, boolean same) {}

    /**
     * Looks for a text that is nearly the same, and remembers this one where there is none.
     *
     * @param mark anything that the finder of this text wants to know
     * @return the nearest of those that were compared; null where there is none
     */
    public Near add(String text, byte mark) {
        String normalised = normalised(text);
        long hash64 = hash(normalised);
        int place = place(hash64);
        if (exact[place] > 0) {
            return new Near(marks[exact[place] - 1], true);
        }
        int[] minima = minima(normalised);
        long low = 0;
        long high = 0;
        for (int bin = 0; bin < 64; bin++) {
            low |= (long) (minima[bin] & 1) << bin;
            high |= (long) (minima[bin + 64] & 1) << bin;
        }
        int[] buckets = new int[BANDS];
        int nearest = -1;
        int most = ENOUGH - 1;
        for (int band = 0; band < BANDS; band++) {
            int hash = band;
            // Every other group of bins: half of them tell enough.
            for (int row = 0; row < ROWS; row++) {
                hash = 31 * hash + minima[band * 2 * ROWS + row];
            }
            buckets[band] = band * BUCKETS + (mix(hash) & BUCKETS - 1);
            int seen = 0;
            for (int at = heads[buckets[band]]; at > 0 && seen < MOST_CANDIDATES;
                    at = next[(at - 1) * BANDS + band]) {
                int matching = BINS - Long.bitCount(sketches[2 * at - 2] ^ low)
                        - Long.bitCount(sketches[2 * at - 1] ^ high);
                if (matching > most) {
                    most = matching;
                    nearest = at;
                }
                seen++;
            }
        }
        if (nearest > 0) {
            return new Near(marks[nearest - 1], false);
        }
        if (count < CAPACITY) {
            exact[place] = count + 1;
            remember(buckets, low, high, hash64, mark);
        }
        return null;
    }

    /** Whether no more texts are remembered. */
    public boolean full() {
        return count >= CAPACITY;
    }

    /** Where a hash stands among the exact ones, or would stand. */
    private int place(long hash) {
        int place = (int) (hash ^ hash >>> 32) & exact.length - 1;
        while (exact[place] > 0 && hashes[exact[place] - 1] != hash) {
            place = place + 1 & exact.length - 1;
        }
        return place;
    }

    private void remember(int[] buckets, long low, long high, long hash, byte mark) {
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
            sketches = Arrays.copyOf(sketches, 4 * count);
            next = Arrays.copyOf(next, BANDS * 2 * count);
        }
        marks[count] = mark;
        hashes[count] = hash;
        sketches[2 * count] = low;
        sketches[2 * count + 1] = high;
        for (int band = 0; band < BANDS; band++) {
            next[count * BANDS + band] = heads[buckets[band]];
            heads[buckets[band]] = count + 1;
        }
        count++;
    }

    private static String normalised(String text) {
        String begin = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        String folded = (begin.chars().allMatch(unit -> unit < 0x80) ? begin
                : Normalizer.normalize(begin, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(folded.length());
        boolean space = false;
        for (int at = 0; at < folded.length(); at++) {
            char unit = folded.charAt(at);
            if (Character.isLetterOrDigit(unit) || Character.isSurrogate(unit)) {
                if (space && !kept.isEmpty()) {
                    kept.append(' ');
                }
                space = false;
                kept.append(unit);
            } else {
                space = true;
            }
        }
        return kept.isEmpty() ? begin : kept.toString();
    }

    private static int[] minima(String text) {
        int[] minima = new int[BINS];
        Arrays.fill(minima, Integer.MAX_VALUE);
        int runs = Math.max(1, text.length() - RUN + 1);
        for (int begin = 0; begin < runs; begin++) {
            int hash = 17;
            for (int at = begin; at < Math.min(text.length(), begin + RUN); at++) {
                hash = 31 * hash + text.charAt(at);
            }
            hash = mix(hash);
            int bin = hash >>> 25;
            minima[bin] = Math.min(minima[bin], mix(hash * 0x9E3779B9) >>> 1);
        }
        // An empty bin takes the next full one's minimum, told apart by how far it is.
        int[] dense = new int[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            int distance = 0;
            while (minima[bin + distance & BINS - 1] == Integer.MAX_VALUE) {
                distance++;
            }
            dense[bin] = distance == 0 ? minima[bin]
                    : mix(minima[bin + distance & BINS - 1] + distance * 0x85EBCA6B) >>> 1;
        }
        return dense;
    }

    /** FNV-1a of 64 bits over UTF-16 units. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finalizer of MurmurHash3. */
    private static int mix(int value) {
        int mixed = value;
        mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }
}
