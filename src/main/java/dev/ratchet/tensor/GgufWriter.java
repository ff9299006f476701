package dev.ratchet.tensor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes a GGUF file, version 3: settings, the list of tensors, then one tensor after another. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;
    private static final float LARGEST_HALF = 65504;
    private static final int CHUNK_BLOCKS = 1 << 15;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /**
     * A tensor to write.
     *
     * @param shape slowest side first
     * @param values called once, when the tensor's turn comes
     */
    public record Entry(String name, GgmlType type, long[] shape, Supplier<Tensor> values) {
        public Entry {
            if (shape[shape.length - 1] % type.blockValues() != 0) {
                throw new IllegalArgumentException("Tensor " + name + " has rows of " + shape[shape.length - 1]
                        + " values, which blocks of " + type + " do not fill.");
            }
        }

        long bytes() {
            return Tensor.elements(shape) / type.blockValues() * type.blockBytes();
        }
    }

    private final OutputStream out;
    private long position;

    private GgufWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes to a file beside the target and renames it, so that the target is whole or absent.
     *
     * @param settings by key, in order: Integer (unsigned), Float, Boolean, String, int[], float[] or List of String
     */
    public static void write(Path file, Map<String, Object> settings, List<Entry> tensors) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20);
            GgufWriter writer = new GgufWriter(out);
            writer.header(settings, tensors);
            for (Entry tensor : tensors) {
                writer.values(tensor);
            }
            out.flush();
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void header(Map<String, Object> settings, List<Entry> tensors) throws IOException {
        bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        whole(3);
        wide(tensors.size());
        wide(settings.size());
        for (Map.Entry<String, Object> setting : settings.entrySet()) {
            text(setting.getKey());
            value(setting.getValue());
        }
        long offset = 0;
        for (Entry tensor : tensors) {
            text(tensor.name);
            whole(tensor.shape.length);
            for (int i = tensor.shape.length - 1; i >= 0; i--) {
                wide(tensor.shape[i]);
            }
            whole(tensor.type.code());
            wide(offset);
            offset += (tensor.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        pad();
    }

    private void value(Object value) throws IOException {
        if (value instanceof Integer number) {
            whole(UINT32);
            whole(number);
        } else if (value instanceof Float number) {
            whole(FLOAT32);
            whole(Float.floatToRawIntBits(number));
        } else if (value instanceof Boolean flag) {
            whole(BOOL);
            bytes(new byte[] {(byte) (flag ? 1 : 0)});
        } else if (value instanceof String text) {
            whole(STRING);
            text(text);
        } else if (value instanceof int[] numbers) {
            array(INT32, numbers.length);
            for (int number : numbers) {
                whole(number);
            }
        } else if (value instanceof float[] numbers) {
            array(FLOAT32, numbers.length);
            for (float number : numbers) {
                whole(Float.floatToRawIntBits(number));
            }
        } else if (value instanceof List<?> texts) {
            array(STRING, texts.size());
            for (Object text : texts) {
                text((String) text);
            }
        } else {
            throw new IllegalArgumentException("A GGUF file holds no " + value.getClass() + ".");
        }
    }

    private void array(int type, int length) throws IOException {
        whole(ARRAY);
        whole(type);
        wide(length);
    }

    private void values(Entry tensor) throws IOException {
        float[] values;
        try {
            values = tensor.values.get().values();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (values.length != Tensor.elements(tensor.shape)) {
            throw new IllegalArgumentException("Tensor " + tensor.name + " has " + values.length
                    + " values, which its shape does not hold.");
        }
        float bound = tensor.type == GgmlType.F32 || tensor.type == GgmlType.BF16 ? Float.MAX_VALUE : LARGEST_HALF;
        for (float value : values) {
            if (!(Math.abs(value) <= bound)) {
                throw new IllegalArgumentException("Tensor " + tensor.name + " holds the value " + value + ", which "
                        + tensor.type + " cannot.");
            }
        }
        int blocks = values.length / tensor.type.blockValues();
        for (int block = 0; block < blocks; block += CHUNK_BLOCKS) {
            bytes(GgmlBlocks.encode(tensor.type, values, block * tensor.type.blockValues(),
                    Math.min(CHUNK_BLOCKS, blocks - block)));
        }
        pad();
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        wide(bytes.length);
        bytes(bytes);
    }

    private void whole(int number) throws IOException {
        bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    }

    private void wide(long number) throws IOException {
        bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array());
    }

    private void pad() throws IOException {
        bytes(new byte[(int) ((ALIGNMENT - position % ALIGNMENT) % ALIGNMENT)]);
    }

    private void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }
}
