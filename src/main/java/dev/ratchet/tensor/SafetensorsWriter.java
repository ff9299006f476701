package dev.ratchet.tensor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Writes a safetensors file, one tensor after another. */
final class SafetensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WRITTEN_VALUES = 1 << 20;
    /** float16 rounds this and more to infinity. */
    private static final float LEAST_BEYOND_HALF = 65520;

    private SafetensorsWriter() {
    }

    static void write(Path file, Map<String, long[]> shapes, Function<String, Tensor> read, StorageType type,
            Map<String, String> metadata) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            root.set("__metadata__", JSON.valueToTree(metadata));
        }
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            ObjectNode node = root.putObject(tensor.getKey()).put("dtype", type.code());
            ArrayNode sides = node.putArray("shape");
            for (long side : tensor.getValue()) {
                sides.add(side);
            }
            long end = offset + Tensor.elements(tensor.getValue()) * type.bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(root);
        // Data starts at a multiple of eight; the format pads the header with spaces.
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, header.flip());
            for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
                float[] values = read.apply(shape.getKey()).values();
                if (values.length != Tensor.elements(shape.getValue())) {
                    throw new IllegalArgumentException("tensor " + shape.getKey() + " has " + values.length
                            + " values, but its shape is " + Arrays.toString(shape.getValue()));
                }
                for (int at = 0; at < values.length; at += WRITTEN_VALUES) {
                    writeFully(channel, encode(shape.getKey(), values, at,
                            Math.min(values.length, at + WRITTEN_VALUES), type));
                }
            }
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ByteBuffer encode(String name, float[] values, int begin, int end, StorageType type) {
        ByteBuffer bytes = ByteBuffer.allocate((end - begin) * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = begin; i < end; i++) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat(values[i]);
                case FLOAT16 -> bytes.putShort(half(name, values[i]));
                case BFLOAT16 -> bytes.putShort(HalfPrecision.toBfloat16(values[i]));
            }
        }
        return bytes.flip();
    }

    private static short half(String name, float value) {
        if (Float.isFinite(value) && Math.abs(value) >= LEAST_BEYOND_HALF) {
            throw new IllegalArgumentException("Tensor " + name + " holds the value " + value
                    + ", which float16 cannot; write bfloat16 or float32.");
        }
        return HalfPrecision.toFloat16(value);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
