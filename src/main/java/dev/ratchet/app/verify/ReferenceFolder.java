package dev.ratchet.app.verify;

import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The items of a folder of reference answers, found by its layout and not by their names.
 *
 * @param checks in the order in which they run
 * @param absent sections that the folder does not have
 */
record ReferenceFolder(List<Check> checks, List<String> absent) {
    private static final String SAMPLING = "sampling.json";

    static ReferenceFolder of(Path root, ModelFolders models) throws IOException {
        List<Check> checks = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        section(root, "networks", checks, absent, folder -> folders(folder, path ->
                new NetworkCheck("networks/" + path.getFileName(), path)));
        section(root, "adapters", checks, absent, folder -> folders(folder, path ->
                new AdapterCheck("adapters/" + path.getFileName(), path, models)));
        section(root, "trajectories", checks, absent, folder -> files(folder, ".json", path ->
                new TrajectoryCheck("trajectories/" + path.getFileName(), path, models)));
        section(root, "templates", checks, absent, ReferenceFolder::templates);
        section(root, "gguf", checks, absent, ReferenceFolder::blocks);
        section(root, SAMPLING, checks, absent, ReferenceFolder::sampling);
        List<Check> whole = files(root, ".json", path -> new LanguageModelCheck(path.getFileName().toString(), path,
                models)).stream().filter(c -> !c.item().equals(SAMPLING)).toList();
        checks.addAll(whole);
        if (whole.isEmpty()) {
            absent.add("JSON files of whole models");
        }
        return new ReferenceFolder(checks, absent);
    }

    /** Templates that are there and templates that have known renderings, which should be the same. */
    private static List<Check> templates(Path folder) throws IOException {
        Path renderings = folder.resolve("renderings.json");
        Set<String> names = new TreeSet<>();
        list(folder, ".jinja").forEach(f -> names.add(f.getFileName().toString().replaceFirst("\\.jinja$", "")));
        try {
            ReferenceJson.get(ReferenceJson.read(renderings), "templates").properties()
                    .forEach(e -> names.add(e.getKey()));
        } catch (IOException e) {
            return List.of(new UnusableCheck("templates", e.getMessage()));
        }
        return names.stream().<Check>map(name -> new TemplateCheck("templates/" + name,
                folder.resolve(name + ".jinja"), renderings)).toList();
    }

    private static List<Check> sampling(Path file) {
        try {
            List<Check> checks = new ArrayList<>();
            ReferenceJson.get(ReferenceJson.read(file), "probabilities").properties().forEach(e ->
                    checks.add(new SamplingCheck("sampling/" + e.getKey(), file, e.getKey())));
            return checks;
        } catch (IOException e) {
            return List.of(new UnusableCheck("sampling", e.getMessage()));
        }
    }

    private static List<Check> blocks(Path folder) {
        Path file = folder.resolve("blocks.safetensors");
        try {
            Set<String> types = new TreeSet<>();
            Safetensors.open(file).names().forEach(name -> types.add(name.replaceFirst("\\.(bytes|values)$", "")));
            return types.stream().<Check>map(type -> new BlockCheck("gguf/" + type, file, type)).toList();
        } catch (IOException | TensorFormatException e) {
            return List.of(new UnusableCheck("gguf", e.getMessage()));
        }
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
        return list(folder, ending).stream().map(check).toList();
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(f -> f.getFileName().toString().endsWith(ending)).sorted().toList();
        }
    }
}
