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

    /** Inverse frequencies, [headWidth / 2], as transformers computes them. */
    float[] inverseFrequencies(int headWidth) {
        float[] inverse = new float[headWidth / 2];
        for (int i = 0; i < inverse.length; i++) {
            double frequency = 1 / Math.pow(theta, 2.0 * i / headWidth);
            inverse[i] = (float) switch (type) {
                case "linear" -> frequency / factor;
                case "llama3" -> llama3(frequency);
                default -> frequency;
            };
        }
        return inverse;
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
