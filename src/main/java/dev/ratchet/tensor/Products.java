package dev.ratchet.tensor;

/**
 * Which library multiplies float32 matrices.
 *
 * <p>PyTorch's own choice is MKL, which on AMD's CPUs reaches a fraction of what oneDNN does; oneDNN is as good
 * elsewhere. It is a setting and not measured, since the last bits of a result depend on it: {@code ratchet.products},
 * {@code onednn} by default, or {@code default} for PyTorch's choice.
 */
public enum Products {
    DEFAULT(0),
    ONEDNN(1);

    private final int code;

    Products(int code) {
        this.code = code;
    }

    /** The number that programs know it by. */
    public int code() {
        return code;
    }

    /** What this process uses. */
    public static Products library() {
        String set = System.getProperty("ratchet.products", "onednn");
        return switch (set) {
            case "onednn" -> ONEDNN;
            case "default" -> DEFAULT;
            default -> throw new IllegalArgumentException("ratchet.products is '" + set
                    + "'; it must be onednn or default.");
        };
    }
}
