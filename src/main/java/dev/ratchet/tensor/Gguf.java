package dev.ratchet.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One GGUF file (version 2 or 3), as llama.cpp and the programs around it keep models: settings, then tensors.
 *
 * <p>The header is checked as a whole when the file is opened; values are read and decoded when asked for.
 */
public final class Gguf {
    private static final int CHUNK_BLOCKS = 1 << 16;
    private static final List<String> TYPE_NAMES = List.of("F32", "F16", "Q4_0", "Q4_1", "Q4_2", "Q4_3", "Q5_0", "Q5_1",
            "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S",
            "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16", "Q4_0_4_4",
            "Q4_0_4_8", "Q4_0_8_8", "TQ1_0", "TQ2_0", "IQ4_NL_4_4", "IQ4_NL_4_8", "IQ4_NL_8_8", "MXFP4");

    private record Entry(GgmlType type, long[] shape, long begin, long blocks) {
    }

    private final Path file;
    private final Map<String, Object> metadata;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Gguf(Path file, Map<String, Object> metadata) {
        this.file = file;
        this.metadata = metadata;
    }

    /**
     * Opens a file and checks its header against the file's length.
     *
     * @throws TensorFormatException where it is truncated, or a tensor's shape, type or place cannot be
     * @throws IOException where the file cannot be read
     */
    public static Gguf open(Path file) throws IOException {
        GgufHeader header = GgufHeader.read(file);
        Gguf gguf = new Gguf(file, header.metadata());
        long alignment = gguf.whole("general.alignment").orElse(32);
        if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw gguf.fault("has the impossible alignment " + alignment);
        }
        long base = (header.length() + alignment - 1) / alignment * alignment;
        for (GgufHeader.Described tensor : header.tensors()) {
            Entry entry = gguf.entry(tensor, base, header.fileSize(), alignment);
            if (gguf.entries.put(tensor.name(), entry) != null) {
                throw gguf.fault("holds tensor " + tensor.name() + " twice");
            }
        }
        return gguf;
    }

    private Entry entry(GgufHeader.Described tensor, long base, long size, long alignment) {
        String name = tensor.name();
        GgmlType type = GgmlType.of(tensor.type()).orElseThrow(() -> fault("holds tensor " + name + " as "
                + (tensor.type() < TYPE_NAMES.size() ? TYPE_NAMES.get((int) tensor.type()) : "type " + tensor.type())
                + ", which is not supported; " + Arrays.toString(GgmlType.values()) + " are"));
        long[] shape = new long[tensor.sides().length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.sides()[shape.length - 1 - i];
            if (shape[i] < 1) {
                throw fault("describes tensor " + name + " with the side " + Long.toUnsignedString(shape[i]));
            }
        }
        long values;
        long bytes;
        try {
            values = Tensor.elements(shape);
            bytes = Math.multiplyExact(values / type.blockValues(), (long) type.blockBytes());
        } catch (ArithmeticException e) {
            throw fault("describes tensor " + name + " with the impossible shape " + Arrays.toString(shape));
        }
        if (shape[shape.length - 1] % type.blockValues() != 0) {
            throw fault("describes tensor " + name + " of " + type + " with rows of " + shape[shape.length - 1]
                    + " values, which its blocks of " + type.blockValues() + " do not fill");
        }
        long offset = tensor.offset();
        if (offset < 0 || offset % alignment != 0) {
            throw fault("gives tensor " + name + " the impossible place " + Long.toUnsignedString(offset));
        }
        if (base > size || offset > size - base || bytes > size - base - offset) {
            throw fault("is truncated: tensor " + name + " of " + bytes + " bytes lies beyond the file's " + size);
        }
        return new Entry(type, shape, base + offset, values / type.blockValues());
    }

    public Path file() {
        return file;
    }

    /** Names of the tensors, in the file's order. */
    public Set<String> names() {
        return entries.keySet();
    }

    public boolean has(String tensor) {
        return entries.containsKey(tensor);
    }

    /** The shape of a tensor in row-major order, slowest side first; a refusal that names it where it is missing. */
    public long[] shape(String tensor) {
        return find(tensor).shape.clone();
    }

    public GgmlType type(String tensor) {
        return find(tensor).type;
    }

    /**
     * A tensor decoded to float32.
     *
     * @param expected the shape that it must have, slowest side first; empty for any
     * @throws TensorFormatException where it is missing or has another shape
     */
    public Tensor floats(String tensor, long... expected) throws IOException {
        Entry entry = find(tensor);
        if (expected.length > 0 && !Arrays.equals(expected, entry.shape)) {
            throw fault("holds tensor " + tensor + " with shape " + Arrays.toString(entry.shape)
                    + ", but its settings need " + Arrays.toString(expected));
        }
        long count = Tensor.elements(entry.shape);
        if (count > Integer.MAX_VALUE - 8) {
            throw fault("holds tensor " + tensor + " of " + count + " values, more than can be read at once");
        }
        float[] values = new float[(int) count];
        byte[] bytes = new byte[(int) Math.min(entry.blocks, CHUNK_BLOCKS) * entry.type.blockBytes()];
        try (FileChannel channel = FileChannel.open(file)) {
            for (long block = 0; block < entry.blocks; block += CHUNK_BLOCKS) {
                int blocks = (int) Math.min(CHUNK_BLOCKS, entry.blocks - block);
                fill(channel, entry.begin + block * entry.type.blockBytes(),
                        ByteBuffer.wrap(bytes, 0, blocks * entry.type.blockBytes()), tensor);
                GgmlBlocks.decode(entry.type, bytes, blocks, values, (int) (block * entry.type.blockValues()));
            }
        }
        return new Tensor(entry.shape.clone(), values);
    }

    private void fill(FileChannel channel, long position, ByteBuffer bytes, String tensor) throws IOException {
        long begin = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, begin);
            if (count < 0) {
                throw new IOException(file + ": tensor " + tensor + " ends early at byte " + begin);
            }
            begin += count;
        }
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw fault("has no tensor " + name);
        }
        return entry;
    }

    /** A setting that is a whole number. */
    public OptionalLong whole(String key) {
        return setting(key, Long.class, "whole number").map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** A setting that is a number. */
    public OptionalDouble real(String key) {
        return setting(key, Number.class, "number").map(n -> OptionalDouble.of(n.doubleValue()))
                .orElse(OptionalDouble.empty());
    }

    /** A setting that is a text, or null. */
    public String text(String key) {
        return setting(key, String.class, "text").orElse(null);
    }

    /** A setting that is yes or no. */
    public boolean flag(String key, boolean otherwise) {
        return setting(key, Boolean.class, "truth value").orElse(otherwise);
    }

    /** A setting that is a list of texts; empty where it is missing. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String key) {
        return (List<String>) setting(key, List.class, "list of texts").orElse(List.of());
    }

    /** A setting that is a list of numbers; empty where it is missing. */
    public double[] numbers(String key) {
        return setting(key, double[].class, "list of numbers").orElse(new double[0]);
    }

    public Set<String> settings() {
        return metadata.keySet();
    }

    private <T> Optional<T> setting(String key, Class<T> type, String what) {
        Object value = metadata.get(key);
        if (value != null && !type.isInstance(value)) {
            throw fault("has the setting " + key + ", which is no " + what);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private TensorFormatException fault(String what) {
        return new TensorFormatException(file + " " + what + ".");
    }
}
