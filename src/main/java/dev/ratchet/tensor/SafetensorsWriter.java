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
                    writeFully(channel, encode(values, at, Math.min(values.length, at + WRITTEN_VALUES), type));
                }
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ByteBuffer encode(float[] values, int begin, int end, StorageType type) {
        ByteBuffer bytes = ByteBuffer.allocate((end - begin) * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = begin; i < end; i++) {
            switch (type) {
                case FLOAT32 -> bytes.putFloat(values[i]);
                case FLOAT16 -> bytes.putShort(HalfPrecision.toFloat16(values[i]));
                case BFLOAT16 -> bytes.putShort(HalfPrecision.toBfloat16(values[i]));
            }
        }
        return bytes.flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
