package dev.ratchet.dataset.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.SnapshotFile;
import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.lm.Message;
import java.nio.file.Path;
import java.util.List;

/** Rows of a snapshot's pairs, as they are in its file. */
final class SnapshotPasses {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes rows of a pair. */
    private interface Mapping {
        boolean map(SnapshotPair pair, Row out) throws java.io.IOException;
    }

    private final Scope scope;
    private final Path file;
    private final String aggregation;

    SnapshotPasses(Scope scope, Path file, String aggregation) {
        this.scope = scope;
        this.file = file;
        this.aggregation = aggregation;
    }

    List<Pass> preferences() {
        return pass((pair, out) -> out.take(row(pair, pair.chosen(), pair.rejected(), pair.weight(), pair.margin(),
                pair.source(), pair.pairId())));
    }

    /** Both answers of each pair, the chosen one as good and the other as bad. */
    List<Pass> judged() {
        return pass((pair, out) -> out.take(row(pair, pair.chosen(), true, pair.weight(), pair.source()))
                && out.take(row(pair, pair.rejected(), false, pair.weight(), pair.source())));
    }

    List<Pass> chosen() {
        return pass((pair, out) -> out.take(row(pair, pair.chosen(), "chosen")));
    }

    private List<Pass> pass(Mapping mapping) {
        return List.of((connection, out) -> SnapshotFile.walk(file,
                pair -> !pair.split().equals(scope.split()) || mapping.map(pair, out)));
    }

    private Object[] row(SnapshotPair pair, Object... own) {
        Object[] with = new Object[own.length + 1];
        with[0] = messages(pair.prompt());
        System.arraycopy(own, 0, with, 1, own.length);
        return scope.row(pair.promptId(), pair.ratingIds().toArray(String[]::new), aggregation, with);
    }

    private static String messages(List<Message> prompt) {
        try {
            return JSON.writeValueAsString(prompt);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("Messages cannot be written as JSON", failure);
        }
    }
}
