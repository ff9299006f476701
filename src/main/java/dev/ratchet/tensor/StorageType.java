package dev.ratchet.tensor;

/** How weights lie in a file. */
public enum StorageType {
    FLOAT32("F32", "float32", 4),
    FLOAT16("F16", "float16", 2),
    BFLOAT16("BF16", "bfloat16", 2);

    private final String code;
    private final String dtype;
    private final int bytes;

    StorageType(String code, String dtype, int bytes) {
        this.code = code;
        this.dtype = dtype;
        this.bytes = bytes;
    }

    /** The name in a safetensors header. */
    public String code() {
        return code;
    }

    /** The name in a {@code config.json}. */
    public String dtype() {
        return dtype;
    }

    /** Bytes of one value. */
    public int bytes() {
        return bytes;
    }
}
