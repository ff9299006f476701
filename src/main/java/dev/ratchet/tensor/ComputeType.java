package dev.ratchet.tensor;

/** The type that matrix products run in; weights that are trained stay float32 whatever it is. */
public enum ComputeType {
    FLOAT32(6),
    BFLOAT16(15),
    /** For checks of exactness alone: everything is computed in double precision, from weights that stay float32. */
    FLOAT64(7);

    private final int scalarType;

    ComputeType(int scalarType) {
        this.scalarType = scalarType;
    }

    /** PyTorch's number for this type, as a program expects it. */
    public int scalarType() {
        return scalarType;
    }
}
