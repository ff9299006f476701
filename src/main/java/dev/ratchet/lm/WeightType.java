package dev.ratchet.lm;

import dev.ratchet.tensor.ComputeType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How generation holds the weights of its products.
 *
 * <p>One token reads every weight once, so fewer bytes are more tokens a second. The coarser types change what a model
 * says a little: they are chosen by name, never silently.
 */
public enum WeightType {
    /** As they were trained. */
    FLOAT32(0),
    /** Rounded to 8 significant bits; inputs of products too. */
    BFLOAT16(1),
    /** Whole numbers to 127 with one scale a row; inputs of products are bfloat16. */
    INT8(2),
    /** Sixteen steps between the least and the greatest of each 32 weights; the head is int8. */
    INT4(3);

    /** Columns and rows of a quantised matrix come in multiples of these; so many columns of int4 share a scale. */
    private static final int COLUMNS = 32;
    private static final int ROWS = 16;

    private final int code;

    WeightType(int code) {
        this.code = code;
    }

    /** The number that the program knows this type by. */
    int code() {
        return code;
    }

    /** The type that gives what a model without an active adapter computes in passes of the given type. */
    public static WeightType of(ComputeType type) {
        return type == ComputeType.BFLOAT16 ? BFLOAT16 : FLOAT32;
    }

    /** @throws IllegalArgumentException naming the types that there are */
    public static WeightType named(String name) {
        return Arrays.stream(values()).filter(t -> t.toString().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no weight type '" + name + "'; choose one of "
                        + Arrays.stream(values()).map(WeightType::toString).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * Bytes that one token reads: every matrix of the layers and the head once, with its scales.
     *
     * @return as the type stores them; norms and the one row of the embeddings are left out
     */
    public long bytesPerToken(ModelConfig config) {
        long width = config.width();
        long attention = (long) config.headWidth() * (2L * config.heads() + 2L * config.keyValueHeads()) * width;
        long layers = config.layers() * (attention + 3L * config.feedForwardWidth() * width);
        long head = config.vocabularySize() * width;
        long rows = config.layers() * ((long) config.headWidth() * (config.heads() + 2L * config.keyValueHeads())
                + 2L * config.feedForwardWidth() + 2L * width);
        return switch (this) {
            case FLOAT32 -> 4 * (layers + head);
            case BFLOAT16 -> 2 * (layers + head);
            case INT8 -> layers + head + 2 * (rows + config.vocabularySize());
            case INT4 -> layers / 2 + layers / COLUMNS * 4 + head + 2L * config.vocabularySize();
        };
    }

    /** @throws IllegalArgumentException where the shape of the model's matrices does not allow this type */
    void requireFits(ModelConfig config) {
        int attention = config.heads() * config.headWidth();
        int projected = attention + 2 * config.keyValueHeads() * config.headWidth();
        // The kernels read whole registers and check nothing themselves.
        if ((this == INT8 || this == INT4) && (config.width() % COLUMNS != 0
                || config.feedForwardWidth() % COLUMNS != 0 || attention % COLUMNS != 0 || projected % ROWS != 0)) {
            throw new IllegalArgumentException(this + " weights need a model whose widths are multiples of " + COLUMNS
                    + "; this one has " + config.width() + ", " + config.feedForwardWidth() + " and " + attention
                    + ". Choose bfloat16 or float32.");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
