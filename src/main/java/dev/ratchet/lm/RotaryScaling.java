package dev.ratchet.lm;

/**
 * Rotary position embedding: its base and how its frequencies are stretched for longer contexts.
 *
 * @param type {@code default}, {@code linear} or {@code llama3}
 */
public record RotaryScaling(String type, double theta, double factor, double lowFrequencyFactor,
        double highFrequencyFactor, int originalContext) {

    public static RotaryScaling plain(double theta) {
        return new RotaryScaling("default", theta, 1, 1, 1, 0);
    }

    /**
     * Llama 3's scaling from the factors by which a GGUF file divides the frequencies, [headWidth / 2].
     *
     * @throws ModelFormatException where no published setting of that scaling gives these factors
     */
    static RotaryScaling llama3(double theta, float[] factors, int headWidth) {
        double factor = 1;
        for (float f : factors) {
            factor = Math.max(factor, f);
        }
        if (factor == 1) {
            return plain(theta);
        }
        for (int context = 32; context <= 1 << 20; context *= 2) {
            RotaryScaling candidate = new RotaryScaling("llama3", theta, factor, 1, 4, context);
            float[] own = candidate.factors(headWidth);
            boolean same = true;
            for (int i = 0; i < own.length; i++) {
                same &= Math.abs(own[i] - factors[i]) <= 1e-5 * factors[i];
            }
            if (same) {
                return candidate;
            }
        }
        throw new ModelFormatException("scales its rotary positions (rope_freqs.weight) in a way that is not supported;"
                + " Llama 3's is.");
    }

    /** By what the frequencies are divided, [headWidth / 2]. */
    float[] factors(int headWidth) {
        float[] factors = new float[headWidth / 2];
        for (int i = 0; i < factors.length; i++) {
            double frequency = 1 / Math.pow(theta, 2.0 * i / headWidth);
            factors[i] = (float) (frequency / scaled(frequency));
        }
        return factors;
    }

    /** Inverse frequencies, [headWidth / 2], as transformers computes them. */
    float[] inverseFrequencies(int headWidth) {
        float[] inverse = new float[headWidth / 2];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = (float) scaled(1 / Math.pow(theta, 2.0 * i / headWidth));
        }
        return inverse;
    }

    private double scaled(double frequency) {
        return switch (type) {
            case "linear" -> frequency / factor;
            case "llama3" -> llama3(frequency);
            default -> frequency;
        };
    }

    /** Long waves are stretched, short ones kept, those between blended (Llama 3.1). */
    private double llama3(double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength > originalContext / lowFrequencyFactor) {
            return frequency / factor;
        }
        if (wavelength < originalContext / highFrequencyFactor) {
            return frequency;
        }
        double smooth = (originalContext / wavelength - lowFrequencyFactor)
                / (highFrequencyFactor - lowFrequencyFactor);
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }
}
