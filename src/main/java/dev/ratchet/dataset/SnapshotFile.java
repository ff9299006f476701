package dev.ratchet.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A snapshot on disk: JSON Lines of {@link SnapshotPair}, UTF-8, one line feed after each, hashed as it is written. */
public final class SnapshotFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MANIFEST = "manifest";
    private static final String MANIFEST_LINE = "{\"" + MANIFEST + "\":";
    private static final ObjectWriter WRITER = JSON.writerFor(SnapshotPair.class);
    private static final ObjectReader READER = JSON.readerFor(SnapshotPair.class);

    private final FileChannel channel;
    private final MessageDigest digest;
    private final OutputStream out;

    /** Starts a new file. */
    SnapshotFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        digest = sha256();
        out = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
    }

    /** Writes the first line of a snapshot whose pairs are weighed. */
    void start(SnapshotManifest manifest) throws IOException {
        out.write(JSON.writeValueAsBytes(Map.of(MANIFEST, manifest)));
        out.write('\n');
    }

    void add(SnapshotPair pair) throws IOException {
        out.write(WRITER.writeValueAsBytes(pair));
        out.write('\n');
    }

    /** Forces everything to disk and gives the SHA-256 of the content, in hexadecimal. */
    String finish() throws IOException {
        out.flush();
        channel.force(true);
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What takes a snapshot's pairs one by one. */
    public interface Walk {
        /** @return whether more pairs are wanted */
        boolean next(SnapshotPair pair) throws IOException;
    }

    /**
     * Reads a snapshot pair by pair, without holding more than one.
     *
     * @return whether more pairs were wanted at its end
     * @throws IOException if the file cannot be read, or a line is not a pair; says which
     */
    public static boolean walk(Path file, Walk walk) throws IOException {
        long line = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (line == 1 && text.startsWith(MANIFEST_LINE)) {
                    continue;
                }
                if (!walk.next(READER.readValue(text))) {
                    return false;
                }
            }
            return true;
        } catch (JsonProcessingException notAPair) {
            throw new IOException("Line " + line + " of " + file + " is not a pair: "
                    + notAPair.getOriginalMessage(), notAPair);
        }
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if the file cannot be read, or a line is not a pair; says which
     */
    public static List<SnapshotPair> read(Path file) throws IOException {
        List<SnapshotPair> pairs = new ArrayList<>();
        walk(file, pairs::add);
        return pairs;
    }

    /**
     * What each reviewer counted in a snapshot.
     *
     * @return empty where everybody counts the same
     */
    public static Optional<SnapshotManifest> manifest(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String first = lines.readLine();
            return first == null || !first.startsWith(MANIFEST_LINE)
                    ? Optional.empty()
                    : Optional.of(JSON.treeToValue(JSON.readTree(first).get(MANIFEST), SnapshotManifest.class));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", failure);
        }
    }
}
