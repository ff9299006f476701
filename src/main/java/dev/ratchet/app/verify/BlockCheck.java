package dev.ratchet.app.verify;

import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;

/** Blocks of a GGUF type, decoded to their values. */
record BlockCheck(String item, Path file, String type) implements Check {
    private static final double VALUES = 1e-6;

    @Override
    public void run(Comparison comparison) throws IOException {
        Safetensors known = Safetensors.open(file);
        GgmlType decoder = GgmlType.named(type).orElseThrow(() -> new IOException("the type " + type
                + " cannot be read"));
        long[] raw = known.longs(type + ".bytes");
        byte[] blocks = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            blocks[i] = (byte) raw[i];
        }
        comparison.close("values", known.floats(type + ".values").values(), decoder.decode(blocks), VALUES);
    }
}
