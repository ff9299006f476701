package dev.ratchet.app.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The items of a folder of reference answers, found by its layout and not by their names.
 *
 * @param checks in the order in which they run
 * @param absent sections that the folder does not have
 */
record ReferenceFolder(List<Check> checks, List<String> absent) {
    static ReferenceFolder of(Path root, ModelFolders models) throws IOException {
        List<Check> checks = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        section(root, "networks", checks, absent, folder -> folders(folder, path ->
                new NetworkCheck("networks/" + path.getFileName(), path)));
        section(root, "adapters", checks, absent, folder -> folders(folder, path ->
                new AdapterCheck("adapters/" + path.getFileName(), path, models)));
        section(root, "trajectories", checks, absent, folder -> files(folder, ".json", path ->
                new TrajectoryCheck("trajectories/" + path.getFileName(), path, models)));
        return new ReferenceFolder(checks, absent);
    }

    /** What finds the items of one section. */
    private interface Finder {
        List<Check> find(Path folder) throws IOException;
    }

    private static void section(Path root, String name, List<Check> checks, List<String> absent, Finder finder)
            throws IOException {
        Path path = root.resolve(name);
        if (!Files.exists(path)) {
            absent.add(name);
            return;
        }
        List<Check> found = finder.find(path);
        checks.addAll(found.isEmpty() ? List.of(new UnusableCheck(name, path + " holds nothing to verify")) : found);
    }

    private static List<Check> folders(Path folder, Function<Path, Check> check) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().map(check).toList();
        }
    }

    private static List<Check> files(Path folder, String ending, Function<Path, Check> check) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().map(check).toList();
        }
    }
}
