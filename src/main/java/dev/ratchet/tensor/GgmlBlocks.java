package dev.ratchet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes the blocks of llama.cpp's quantised types to float32, value for value as its reference code does
 * (ggml-quants.c, {@code dequantize_row_*}).
 *
 * <p>Letters: d is a block's scale, m its minimum; both are float16.
 */
final class GgmlBlocks {
    private static final int SMALL = 32;
    private static final int LARGE = 256;
    private static final int MOST_STEPS = 127;
    private static final int TRIED_SCALES = 48;

    private GgmlBlocks() {
    }

    /** Decodes {@code blocks} blocks from the start of {@code in} to {@code out} from {@code at} on. */
    static void decode(GgmlType type, byte[] in, int blocks, float[] out, int at) {
        for (int block = 0; block < blocks; block++) {
            int from = block * type.blockBytes();
            int to = at + block * type.blockValues();
            switch (type) {
                case F32 -> out[to] = Float.intBitsToFloat(whole(in, from));
                case F16 -> out[to] = half(in, from);
                case BF16 -> out[to] = HalfPrecision.fromBfloat16((short) pair(in, from));
                case Q4_0 -> fourBits(in, from + 2, half(in, from), -8 * half(in, from), out, to);
                case Q4_1 -> fourBits(in, from + 4, half(in, from), half(in, from + 2), out, to);
                case Q5_0 -> fiveBits(in, from + 2, half(in, from), -16 * half(in, from), out, to);
                case Q5_1 -> fiveBits(in, from + 4, half(in, from), half(in, from + 2), out, to);
                case Q8_0 -> eightBits(in, from + 2, half(in, from), out, to);
                case Q4_K -> scaledBits(in, from, from + 16, -1, out, to);
                case Q5_K -> scaledBits(in, from, from + 48, from + 16, out, to);
                case Q6_K -> sixBits(in, from, out, to);
            }
        }
    }

    /**
     * Encodes whole blocks.
     *
     * @throws IllegalArgumentException for a type that is only read
     */
    static byte[] encode(GgmlType type, float[] in, int at, int blocks) {
        ByteBuffer out = ByteBuffer.allocate(blocks * type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            int from = at + block * type.blockValues();
            switch (type) {
                case F32 -> out.putFloat(in[from]);
                case F16 -> out.putShort(HalfPrecision.toFloat16(in[from]));
                case BF16 -> out.putShort(HalfPrecision.toBfloat16(in[from]));
                case Q8_0 -> encodeEightBits(in, from, out);
                default -> throw new IllegalArgumentException("Tensors are not written as " + type
                        + "; F32, F16, BF16 and Q8_0 are.");
            }
        }
        return out.array();
    }

    /** Keeps of the scales near the usual one (the largest value is 127 steps) that with the least squared error. */
    private static void encodeEightBits(float[] in, int from, ByteBuffer out) {
        float largest = 0;
        for (int i = 0; i < SMALL; i++) {
            largest = Math.max(largest, Math.abs(in[from + i]));
        }
        short best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int steps = MOST_STEPS; steps > MOST_STEPS - TRIED_SCALES && least > 0; steps--) {
            short scale = HalfPrecision.toFloat16(largest / steps);
            double error = squaredError(in, from, HalfPrecision.fromFloat16(scale));
            if (error < least) {
                least = error;
                best = scale;
            }
        }
        out.putShort(best);
        float d = HalfPrecision.fromFloat16(best);
        for (int i = 0; i < SMALL; i++) {
            out.put((byte) steps(in[from + i], d));
        }
    }

    private static double squaredError(float[] in, int from, float d) {
        double sum = 0;
        for (int i = 0; i < SMALL; i++) {
            double error = in[from + i] - d * steps(in[from + i], d);
            sum += error * error;
        }
        return sum;
    }

    private static int steps(float value, float d) {
        return d == 0 ? 0 : Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round(value / d)));
    }

    private static int pair(byte[] in, int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8;
    }

    private static int whole(byte[] in, int at) {
        return pair(in, at) | pair(in, at + 2) << 16;
    }

    private static float half(byte[] in, int at) {
        return HalfPrecision.fromFloat16((short) pair(in, at));
    }

    /** Low halves of the bytes are the first 16 values, high halves the last. */
    private static void fourBits(byte[] in, int from, float d, float m, float[] out, int to) {
        for (int i = 0; i < SMALL / 2; i++) {
            int both = in[from + i] & 0xff;
            out[to + i] = d * (both & 15) + m;
            out[to + i + SMALL / 2] = d * (both >> 4) + m;
        }
    }

    /** As four bits, with the fifth bit of every value in one whole number before them. */
    private static void fiveBits(byte[] in, int from, float d, float m, float[] out, int to) {
        int high = whole(in, from);
        for (int i = 0; i < SMALL / 2; i++) {
            int both = in[from + 4 + i] & 0xff;
            out[to + i] = d * (both & 15 | (high >>> i & 1) << 4) + m;
            out[to + i + SMALL / 2] = d * (both >> 4 | (high >>> i + SMALL / 2 & 1) << 4) + m;
        }
    }

    private static void eightBits(byte[] in, int from, float d, float[] out, int to) {
        for (int i = 0; i < SMALL; i++) {
            out[to + i] = d * in[from + i];
        }
    }

    /**
     * Eight groups of 32 values, each with a six-bit scale and minimum of its own; two groups share 32 bytes.
     *
     * @param high where the fifth bits lie, one bit per group; -1 for none
     */
    private static void scaledBits(byte[] in, int from, int low, int high, float[] out, int to) {
        float d = half(in, from);
        float m = half(in, from + 2);
        for (int group = 0; group < LARGE / SMALL; group++) {
            float scale = d * groupScale(in, from + 4, group);
            float minimum = m * groupMinimum(in, from + 4, group);
            for (int i = 0; i < SMALL; i++) {
                int bits = (in[low + group / 2 * SMALL + i] & 0xff) >> group % 2 * 4 & 15;
                if (high >= 0) {
                    bits |= ((in[high + i] & 0xff) >> group & 1) << 4;
                }
                out[to + group * SMALL + i] = scale * bits - minimum;
            }
        }
    }

    /** Twelve bytes hold eight six-bit scales and minima: the last four of each are split over two bytes. */
    private static int groupScale(byte[] in, int at, int group) {
        return group < 4 ? in[at + group] & 63 : in[at + group + 4] & 15 | (in[at + group - 4] & 0xc0) >> 2;
    }

    private static int groupMinimum(byte[] in, int at, int group) {
        return group < 4 ? in[at + group + 4] & 63 : (in[at + group + 4] & 0xff) >> 4 | (in[at + group] & 0xc0) >> 2;
    }

    /** 128 bytes of low halves, 64 of high pairs, 16 signed scales, then d. */
    private static void sixBits(byte[] in, int from, float[] out, int to) {
        float d = half(in, from + 208);
        for (int i = 0; i < LARGE; i++) {
            int part = i % 128;
            int low = (in[from + i / 128 * 64 + part % 64] & 0xff) >> part / 64 * 4 & 15;
            int high = (in[from + 128 + i / 128 * 32 + part % 32] & 0xff) >> part / 32 * 2 & 3;
            out[to + i] = d * in[from + 192 + i / 16] * ((low | high << 4) - 32);
        }
    }
}
