package dev.ratchet.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.Shared;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VerifyTest {
    @TempDir
    private static Path sound;

    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void write() throws IOException {
        TinyReference.write(sound.resolve("reference"), sound.resolve("models"));
    }

    private int verify(Path reference, Path models, String... more) {
        String[] all = Stream.concat(Stream.of(reference.toString(), "--models", models.toString()), Stream.of(more))
                .toArray(String[]::new);
        return new CommandLine(new Verify()).setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(all);
    }

    /** Verifies a changed copy; only items of the changed kind, so that it is quick. */
    private int verifyChanged(String file) {
        String section = file.contains("/") ? file.substring(0, file.indexOf('/'))
                : Map.of("pairs.jsonl", "trajectories", "sampling.json", "sampling").getOrDefault(file, file);
        return verify(temporary.resolve("copy"), sound.resolve("models"), "--only", section);
    }

    private Path copy() throws IOException {
        Path source = sound.resolve("reference");
        Path copy = temporary.resolve("copy");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
        }
        return copy;
    }

    private List<String> failures() {
        return out.toString().lines().filter(line -> line.startsWith("FAILED ")).toList();
    }

    @Test
    void aFolderOfOtherNamesPassesAndEveryItemIsListed() {
        assertThat(verify(sound.resolve("reference"), sound.resolve("models"))).as(out::toString).isZero();
        assertThat(out.toString()).contains("networks/one", "adapters/two", "trajectories/three.json",
                "templates/four", "gguf/Q8_0", "sampling/top_k 2", "small.json", "7 of 7 items within tolerance")
                .doesNotContain("FAILED", "skipped");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "networks/one/expected.safetensors | logits | networks/one: logits",
        "networks/one/expected.safetensors | log_probs | networks/one: log-probabilities",
        "networks/one/model.safetensors | model.norm.weight | networks/one: logits",
        "adapters/two/expected.safetensors | logits | adapters/two: logits, unmerged",
        "gguf/blocks.safetensors | Q8_0.values | gguf/Q8_0: values"})
    void aTensorWithOneOtherNumberFailsItsItem(String file, String tensor, String summary) throws IOException {
        Path changed = copy().resolve(file);
        Safetensors known = Safetensors.open(changed);
        Map<String, Object> tensors = new LinkedHashMap<>();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (String name : known.names()) {
            shapes.put(name, known.shape(name));
            tensors.put(name, switch (known.type(name)) {
                case "F32" -> known.floats(name).values();
                case "I64" -> known.longs(name);
                default -> bytes(known.longs(name));
            });
        }
        ((float[]) tensors.get(tensor))[1] += 0.01f;
        TinyReference.safetensors(changed, tensors, shapes);
        assertThat(verifyChanged(file)).isEqualTo(1);
        assertThat(failures()).singleElement().asString().startsWith("FAILED " + summary);
    }

    private static byte[] bytes(long[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "trajectories/three.json | \"beta\":0.2 | \"beta\":0.3 | gradient norm",
        "trajectories/three.json | \"loss\":1.0 | \"loss\":1.001 | trajectories/three.json: loss",
        "trajectories/three.json | \"prompt_ids\":[256 | \"prompt_ids\":[255 | tokens of the first row 1 > 0",
        "trajectories/three.json | a DPOTrainer | a PPOTrainer | its trainer 'a PPOTrainer' is not known",
        "trajectories/three.json | rows 0-1, | rows 0-3, | pairs.jsonl has 4 rows, but its 2 steps take 8",
        "pairs.jsonl | yes 3 | yes 4 | trajectories/three.json: ",
        "templates/renderings.json | Grüße<assistant> | Grüsse<assistant> | templates/four: text",
        "templates/renderings.json | \"assistant_spans\":[\"Grüße\"] | \"assistant_spans\":[] | assistant's parts",
        "templates/renderings.json | \"four\" | \"five\" | templates/five: ",
        "templates/four.jinja | <assistant> | <Assistant> | templates/four: text",
        "sampling.json | top_k 2 | top_k 3 | sampling/top_k 3: probabilities",
        "sampling.json | top_k 2 | top_q 2 | the setting top_q is not known",
        "sampling.json | { | [ | sampling: ",
        "small.json | 97,98 | 97,99 | small.json: token ids 1 > 0",
        "small.json | models/small | models/large | large is missing",
        "adapters/two/adapter_config.json | \"lora_alpha\" : 4 | \"lora_alpha\" : 5 | adapters/two: logits",
        "adapters/two/adapter_config.json | \"use_dora\" : false | \"use_dora\" : true | use_dora is not supported"})
    void aTextWithAnotherValueFailsItsItem(String file, String known, String other, String summary)
            throws IOException {
        Path changed = copy().resolve(file);
        String text = Files.readString(changed);
        assertThat(text).contains(known);
        Files.writeString(changed, text.replace(known, other));
        assertThat(verifyChanged(file)).isEqualTo(1);
        assertThat(failures()).as(out::toString).anyMatch(line -> line.contains(summary));
    }

    @ParameterizedTest
    @ValueSource(strings = {"networks/one/expected.safetensors", "networks/one/config.json", "pairs.jsonl",
        "adapters/two/adapter_model.safetensors", "templates/renderings.json", "templates/four.jinja",
        "gguf/blocks.safetensors"})
    void aMissingFileFailsItsItemByName(String file) throws IOException {
        Files.delete(copy().resolve(file));
        assertThat(verifyChanged(file)).isEqualTo(1);
        assertThat(failures()).singleElement().asString().contains(Path.of(file).getFileName().toString());
    }

    @Test
    void sectionsThatAreNotThereAreNamedAndSkipped() throws IOException {
        Path copy = copy();
        for (String gone : List.of("sampling.json", "small.json", "trajectories/three.json", "trajectories")) {
            Files.delete(copy.resolve(gone));
        }
        assertThat(verify(copy, sound.resolve("models"))).isZero();
        assertThat(out.toString()).contains("skipped: trajectories", "skipped: sampling.json",
                "skipped: JSON files of whole models", "4 of 4 items within tolerance");
    }

    @Test
    void anEmptyFolderHasNothingToVerifyAndAMissingOneIsAWrongCommand() {
        assertThat(verify(temporary, sound.resolve("models"))).isEqualTo(1);
        assertThat(out.toString()).contains("There is nothing to verify");
        assertThat(verify(temporary.resolve("none"), temporary)).isEqualTo(2);
    }

    @TestFactory
    Stream<DynamicTest> theReferenceFolderPassesItemByItem() throws IOException {
        return items(false);
    }

    @Tag("slow")
    @TestFactory
    Stream<DynamicTest> theReferenceModelsPass() throws IOException {
        return items(true);
    }

    private static Stream<DynamicTest> items(boolean whole) throws IOException {
        ReferenceFolder found = ReferenceFolder.of(Shared.path("golden/reference"),
                new ModelFolders(Shared.path("models")));
        assertThat(found.absent()).isEqualTo(List.of());
        return found.checks().stream().filter(check -> check instanceof LanguageModelCheck == whole)
                .map(check -> DynamicTest.dynamicTest(check.item(), () -> {
                    Outcome outcome = Outcome.of(check);
                    assertThat(outcome.passed()).as(outcome.summary()).isTrue();
                }));
    }
}
