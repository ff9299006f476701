package dev.ratchet.tensor;

import java.util.Arrays;
import java.util.Optional;

/** How a tensor's values lie in a GGUF file: plain numbers, or blocks that share a scale. */
public enum GgmlType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    BF16(30, 1, 2);

    private final int code;
    private final int blockValues;
    private final int blockBytes;

    GgmlType(int code, int blockValues, int blockBytes) {
        this.code = code;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
    }

    /** The type with a number of the format, or empty where it is none that can be read. */
    public static Optional<GgmlType> of(long code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /** The type of a name such as {@code Q4_K}, or empty where it is none that can be read. */
    public static Optional<GgmlType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * Whole blocks decoded to float32.
     *
     * @throws TensorFormatException where the last block is not whole
     */
    public float[] decode(byte[] blocks) {
        if (blocks.length % blockBytes != 0) {
            throw new TensorFormatException(blocks.length + " bytes are no whole blocks of " + this + ", which have "
                    + blockBytes + " each.");
        }
        int count = blocks.length / blockBytes;
        float[] values = new float[Math.multiplyExact(count, blockValues)];
        GgmlBlocks.decode(this, blocks, count, values, 0);
        return values;
    }

    /** The number in a GGUF header. */
    public int code() {
        return code;
    }

    /** Values that one block holds; the last side of a tensor is a multiple of it. */
    public int blockValues() {
        return blockValues;
    }

    /** Bytes of one block. */
    public int blockBytes() {
        return blockBytes;
    }
}
