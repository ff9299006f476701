package dev.ratchet.app.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.GgmlType;
import dev.ratchet.tensor.Gguf;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertTest {
    @TempDir
    Path folder;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("model");
        try (LanguageModel tiny = TinyModel.create(folder.resolve("tokenizer"), false, 1)) {
            tiny.save(model, StorageType.FLOAT32);
        }
    }

    private static Verb convert(Object... words) {
        return Verb.run(new Convert(), words);
    }

    @Test
    void aFolderBecomesAGgufFileAndThatTheSameFolder() throws IOException {
        Path file = folder.resolve("deep/er/tiny.gguf");
        Verb there = convert(model, "--out", file, "--storage", "float32");
        assertThat(there.code()).as(there.err()).isZero();
        assertThat(there.out()).contains("tiny.gguf: llama, 0.0 million weights, F32");
        assertThat(Gguf.open(file).text("general.name")).isEqualTo("tiny");

        Path again = folder.resolve("again");
        assertThat(convert(file, "--out", again).code()).isZero();
        assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(model.resolve("model.safetensors"));
        List<Message> chat = List.of(Message.user("Hi"));
        try (LanguageModel first = LanguageModel.load(model, ComputeType.FLOAT32);
                LanguageModel second = LanguageModel.load(again, ComputeType.FLOAT32)) {
            assertThat(second.prompt(chat)).isEqualTo(first.prompt(chat));
        }
    }

    @Test
    void theTypeOfTheWeightsIsChosen() throws IOException {
        Path half = folder.resolve("half.gguf");
        assertThat(convert(model, "--out", half).code()).isZero();
        assertThat(Gguf.open(half).type("token_embd.weight")).isEqualTo(GgmlType.F16);
        Path brain = folder.resolve("brain");
        assertThat(convert(half, "--out", brain, "--storage", "bf16").code()).isZero();
        assertThat(Safetensors.open(brain.resolve("model.safetensors")).type("model.norm.weight")).isEqualTo("BF16");
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() throws IOException {
        refused("must end in .gguf", model, "--out", folder.resolve("x"), "--to", "gguf");
        refused("--to is 'onnx'", model, "--out", folder.resolve("x"), "--to", "onnx");
        refused("--storage is 'q4_0'", model, "--out", folder.resolve("x"), "--storage", "q4_0");
        refused("q8_0 is for GGUF only", model, "--out", folder.resolve("x"), "--storage", "q8_0");
        refused("model exists already: name another.", model, "--out", model);
        refused("nowhere is not there", folder.resolve("nowhere"), "--out", folder.resolve("x"));
        Files.writeString(Files.createDirectory(folder.resolve("adapter")).resolve("adapter_config.json"), "{}");
        refused("names no base_model_name_or_path", folder.resolve("adapter"), "--out", folder.resolve("x"));
        Path file = Files.createFile(folder.resolve("x.gguf"));
        refused("or give --overwrite", model, "--out", file);
        refused("x.gguf is no GGUF file", file, "--out", folder.resolve("x"));
        assertThat(convert(model, "--out", file, "--overwrite").code()).isZero();
    }

    private static void refused(String words, Object... arguments) {
        Verb verb = convert(arguments);
        assertThat(verb.code()).isEqualTo(2);
        assertThat(verb.err()).contains(words).hasLineCount(1);
    }
}
