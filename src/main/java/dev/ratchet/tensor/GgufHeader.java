package dev.ratchet.tensor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what stands before the weights of a GGUF file: its settings and the list of its tensors.
 *
 * <p>Every length is checked against what is left of the file before anything of that length is made.
 */
final class GgufHeader {
    private static final int MAGIC = 0x46554747;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final long LONGEST_TEXT = 64L << 20;
    private static final long LONGEST_LIST = 16L << 20;
    private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};

    /** A tensor as the header describes it: sides from the fastest to the slowest, its place after the header. */
    record Described(String name, long[] sides, long type, long offset) {
    }

    private final Path file;
    private final InputStream in;
    private final long size;
    private long position;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<Described> tensors = new ArrayList<>();

    private GgufHeader(Path file, InputStream in, long size) {
        this.file = file;
        this.in = in;
        this.size = size;
    }

    static GgufHeader read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            GgufHeader header = new GgufHeader(file, in, Files.size(file));
            header.read();
            return header;
        } catch (NoSuchFileException e) {
            throw new TensorFormatException(file + " is missing.");
        }
    }

    Map<String, Object> metadata() {
        return metadata;
    }

    List<Described> tensors() {
        return tensors;
    }

    /** Bytes up to the end of the list of tensors. */
    long length() {
        return position;
    }

    long fileSize() {
        return size;
    }

    private void read() throws IOException {
        if (size < 24 || number(4).getInt() != MAGIC) {
            throw fault("is no GGUF file");
        }
        int version = number(4).getInt();
        if (version != 2 && version != 3) {
            throw fault(Integer.reverseBytes(version) == 2 || Integer.reverseBytes(version) == 3
                    ? "is a big-endian GGUF file, which is not supported"
                    : "is GGUF version " + Integer.toUnsignedString(version) + "; 2 and 3 are supported");
        }
        long tensorCount = count("its list of tensors", number(8).getLong(), 24);
        long settings = count("its list of settings", number(8).getLong(), 13);
        for (long i = 0; i < settings; i++) {
            String key = text("the name of setting " + i);
            if (metadata.put(key, value(key, number(4).getInt())) != null) {
                throw fault("has the setting " + key + " twice");
            }
        }
        for (long i = 0; i < tensorCount; i++) {
            tensors.add(tensor(i));
        }
    }

    private Described tensor(long index) throws IOException {
        String name = text("the name of tensor " + index);
        int dimensions = number(4).getInt();
        if (dimensions < 1 || dimensions > 4) {
            throw fault("describes tensor " + name + " with " + dimensions + " dimensions");
        }
        long[] sides = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            sides[i] = number(8).getLong();
        }
        return new Described(name, sides, Integer.toUnsignedLong(number(4).getInt()), number(8).getLong());
    }

    private Object value(String key, int type) throws IOException {
        if (type == ARRAY) {
            return list(key);
        }
        return type == STRING ? text("setting " + key) : scalar(key, type);
    }

    /** Whole numbers as Long, real ones as Double. */
    private Object scalar(String key, int type) throws IOException {
        return switch (type) {
            case 0 -> (long) (number(1).get() & 0xff);
            case 1 -> (long) number(1).get();
            case 2 -> (long) (number(2).getShort() & 0xffff);
            case 3 -> (long) number(2).getShort();
            case 4 -> Integer.toUnsignedLong(number(4).getInt());
            case 5 -> (long) number(4).getInt();
            case 6 -> (double) number(4).getFloat();
            case 7 -> number(1).get() != 0;
            case 10, 11 -> number(8).getLong();
            case 12 -> number(8).getDouble();
            default -> throw fault("has the setting " + key + " of the unknown type " + type);
        };
    }

    /** A list of texts, or numbers as an array of double. */
    private Object list(String key) throws IOException {
        int type = number(4).getInt();
        if (type < 0 || type >= BYTES.length || type == ARRAY) {
            throw fault("has the setting " + key + " as a list of the unknown type " + type);
        }
        long length = count("setting " + key, number(8).getLong(), BYTES[type]);
        if (length > LONGEST_LIST) {
            throw fault("has the setting " + key + " with " + length + " entries; at most " + LONGEST_LIST
                    + " are read");
        }
        if (type == STRING) {
            List<String> texts = new ArrayList<>();
            for (long i = 0; i < length; i++) {
                texts.add(text("setting " + key));
            }
            return texts;
        }
        double[] values = new double[(int) length];
        for (int i = 0; i < values.length; i++) {
            Object value = scalar(key, type);
            values[i] = value instanceof Number n ? n.doubleValue() : (Boolean) value ? 1 : 0;
        }
        return values;
    }

    private String text(String what) throws IOException {
        long length = count(what, number(8).getLong(), 1);
        if (length > LONGEST_TEXT) {
            throw fault("claims " + length + " bytes for " + what);
        }
        return new String(bytes((int) length), StandardCharsets.UTF_8);
    }

    /** Refuses a number of things that cannot fit into what is left of the file. */
    private long count(String what, long count, int leastBytes) {
        if (count < 0 || count > (size - position) / leastBytes) {
            throw fault("is truncated or damaged: " + what + " claims " + Long.toUnsignedString(count)
                    + " entries, but only " + (size - position) + " bytes are left");
        }
        return count;
    }

    private ByteBuffer number(int length) throws IOException {
        return ByteBuffer.wrap(bytes(length)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw fault("is truncated: its header ends after the file's " + size + " bytes");
        }
        position += length;
        return bytes;
    }

    private TensorFormatException fault(String what) {
        return new TensorFormatException(file + " " + what + ".");
    }
}
