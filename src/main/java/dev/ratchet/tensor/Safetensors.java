package dev.ratchet.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One safetensors file: an eight-byte length, a JSON header, then the tensors' bytes.
 *
 * <p>The header is checked as a whole when the file is opened; values are read when asked for.
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_HEADER = 100L << 20;
    private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("F64", 8), Map.entry("F32", 4),
            Map.entry("F16", 2), Map.entry("BF16", 2), Map.entry("I64", 8), Map.entry("I32", 4), Map.entry("I16", 2),
            Map.entry("I8", 1), Map.entry("U8", 1), Map.entry("BOOL", 1));

    private static final Set<String> FLOATS = Set.of("F32", "F16", "BF16");
    /** Values on the way from the file at a time: a tensor may have more bytes than one buffer can. */
    private static final int READ_VALUES = 1 << 22;

    private record Entry(String type, long[] shape, long begin, long end) {
    }

    private final Path file;
    private final long base;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    private Safetensors(Path file, long base, Map<String, Entry> entries, Map<String, String> metadata) {
        this.file = file;
        this.base = base;
        this.entries = entries;
        this.metadata = metadata;
    }

    /**
     * Opens a file and checks its header against the file's length.
     *
     * @throws TensorFormatException where the file is truncated, or a tensor's shape, type or place cannot be
     * @throws IOException where the file cannot be read
     */
    public static Safetensors open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < 8) {
                throw fault(file, "is truncated: " + size + " bytes hold no header");
            }
            long header = read(channel, 0, 8).getLong();
            if (header < 2 || header > LONGEST_HEADER) {
                throw fault(file, "is no safetensors file: its header claims " + header + " bytes");
            }
            if (8 + header > size) {
                throw fault(file, "is truncated: its header of " + header + " bytes ends after the file's " + size);
            }
            JsonNode root = JSON.readTree(read(channel, 8, (int) header).array());
            if (root == null || !root.isObject()) {
                throw fault(file, "has a header that is no JSON object");
            }
            return new Safetensors(file, 8 + header, entries(file, root, size - 8 - header), metadata(root));
        } catch (JsonProcessingException e) {
            throw fault(file, "has a header that is no JSON: " + e.getOriginalMessage());
        } catch (NoSuchFileException e) {
            throw fault(file, "is missing");
        }
    }

    private static Map<String, String> metadata(JsonNode root) {
        Map<String, String> found = new LinkedHashMap<>();
        root.path("__metadata__").properties().forEach(f -> found.put(f.getKey(), f.getValue().asText()));
        return found;
    }

    private static Map<String, Entry> entries(Path file, JsonNode root, long available) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), available));
            }
        }
        return entries;
    }

    private static Entry entry(Path file, String name, JsonNode node, long available) {
        String type = node.path("dtype").asText();
        Integer bytes = BYTES.get(type);
        if (bytes == null) {
            throw fault(file, "holds tensor " + name + " of type '" + type + "', which is not supported");
        }
        JsonNode sides = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!sides.isArray() || offsets.size() != 2) {
            throw fault(file, "describes tensor " + name + " without shape or offsets");
        }
        long[] shape = new long[sides.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sides.get(i).asLong(-1);
            if (shape[i] < 0) {
                throw fault(file, "describes tensor " + name + " with the side " + sides.get(i));
            }
        }
        long begin = offsets.get(0).asLong(-1);
        long end = offsets.get(1).asLong(-1);
        long expected;
        try {
            expected = Math.multiplyExact(Tensor.elements(shape), (long) bytes);
        } catch (ArithmeticException e) {
            throw fault(file, "describes tensor " + name + " with the impossible shape " + Arrays.toString(shape));
        }
        if (begin < 0 || end < begin || end - begin != expected) {
            throw fault(file, "gives tensor " + name + " " + (end - begin) + " bytes, but its shape "
                    + Arrays.toString(shape) + " of " + type + " needs " + expected);
        }
        if (end > available) {
            throw fault(file, "is truncated: tensor " + name + " ends at byte " + end + " of the data, which has "
                    + available);
        }
        return new Entry(type, shape, begin, end);
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** The shape of a tensor, or a refusal that names it where it is missing. */
    public long[] shape(String name) {
        return find(name).shape.clone();
    }

    /** The name of a tensor's type in the header, such as {@code BF16}. */
    public String type(String name) {
        return find(name).type;
    }

    /**
     * A tensor of real numbers as float32.
     *
     * @param expected the shape that it must have; empty for any
     * @throws TensorFormatException where it is missing, has another shape, or is no float type
     */
    public Tensor floats(String name, long... expected) throws IOException {
        Entry entry = expected.length > 0 ? require(name, expected) : find(name);
        if (!FLOATS.contains(entry.type)) {
            throw fault(file, "holds tensor " + name + " as " + entry.type + ", where F32, F16 or BF16 is needed");
        }
        long count = Tensor.elements(entry.shape);
        if (count > Integer.MAX_VALUE - 8) {
            throw fault(file, "holds tensor " + name + " of " + count + " values; at most " + (Integer.MAX_VALUE - 8)
                    + " can be read");
        }
        float[] values = new float[(int) count];
        int width = BYTES.get(entry.type);
        try (FileChannel channel = FileChannel.open(file)) {
            for (long at = 0; at < count; at += READ_VALUES) {
                int part = (int) Math.min(READ_VALUES, count - at);
                decode(entry.type, read(channel, base + entry.begin + at * width, part * width), values, (int) at,
                        part);
            }
        } catch (IOException e) {
            throw new IOException(file + ": tensor " + name + ": " + e.getMessage(), e);
        }
        return new Tensor(entry.shape.clone(), values);
    }

    private static void decode(String type, ByteBuffer bytes, float[] values, int from, int count) {
        switch (type) {
            case "F32" -> bytes.asFloatBuffer().get(values, from, count);
            case "F16" -> {
                for (int i = from; i < from + count; i++) {
                    values[i] = HalfPrecision.fromFloat16(bytes.getShort());
                }
            }
            default -> {
                for (int i = from; i < from + count; i++) {
                    values[i] = HalfPrecision.fromBfloat16(bytes.getShort());
                }
            }
        }
    }

    /** Refuses a tensor that is missing or has another shape. */
    public void check(String name, long... expected) {
        require(name, expected);
    }

    private Entry require(String name, long... expected) {
        Entry entry = find(name);
        if (!Arrays.equals(expected, entry.shape)) {
            throw fault(file, "holds tensor " + name + " with shape " + Arrays.toString(entry.shape)
                    + ", but the configuration needs " + Arrays.toString(expected));
        }
        return entry;
    }

    /** A tensor of whole numbers (I64, I32, U8, BOOL) in row-major order. */
    public long[] longs(String name) throws IOException {
        Entry entry = find(name);
        ByteBuffer bytes = bytes(name, entry);
        long[] values = new long[(int) Tensor.elements(entry.shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (entry.type) {
                case "I64" -> bytes.getLong();
                case "I32" -> bytes.getInt();
                case "U8", "BOOL" -> bytes.get() & 0xff;
                default -> throw fault(file, "holds tensor " + name + " as " + entry.type
                        + ", where whole numbers are needed");
            };
        }
        return values;
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw fault(file, "has no tensor " + name);
        }
        return entry;
    }

    private ByteBuffer bytes(String name, Entry entry) throws IOException {
        long length = entry.end - entry.begin;
        if (length > Integer.MAX_VALUE - 8) {
            throw fault(file, "holds tensor " + name + " of " + length + " bytes; at most 2 GiB can be read");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(channel, base + entry.begin, (int) length);
        } catch (IOException e) {
            throw new IOException(file + ": tensor " + name + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("ends early at byte " + (position + buffer.position()));
            }
        }
        return buffer.flip();
    }

    /**
     * Writes tensors to a file beside the target and renames it, so that the target is whole or absent.
     *
     * @param tensors by name, in the order in which they shall lie
     */
    public static void write(Path file, Map<String, Tensor> tensors, StorageType type, Map<String, String> metadata)
            throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        write(file, shapes, tensors::get, type, metadata);
    }

    /**
     * Writes tensors one after another, so that only one of them is on the heap at a time.
     *
     * @param shapes by name, in the order in which they shall lie
     * @param read gives a tensor of its shape by its name
     */
    public static void write(Path file, Map<String, long[]> shapes, Function<String, Tensor> read, StorageType type,
            Map<String, String> metadata) throws IOException {
        SafetensorsWriter.write(file, shapes, read, type, metadata);
    }

    private static TensorFormatException fault(Path file, String what) {
        return new TensorFormatException(file + " " + what + ".");
    }
}
