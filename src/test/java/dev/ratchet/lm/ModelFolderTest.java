package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model folder that is not whole is refused with one line that names what is wrong. */
class ModelFolderTest {
    @TempDir
    Path folder;
    private Path weights;
    private Map<String, Tensor> tensors;

    @BeforeEach
    void save() throws IOException {
        try (LanguageModel model = TinyModel.create(folder, true, 1)) {
            model.save(folder, StorageType.BFLOAT16);
            tensors = new LinkedHashMap<>(model.decoder().tensors());
        }
        weights = folder.resolve("model.safetensors");
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> LanguageModel.load(folder, ComputeType.FLOAT32))
                .isInstanceOf(ModelFormatException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
    }

    @Test
    void whatADraftLeftBehindDoesNotGetIn() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(folder.resolve("out.tmp"));
        Files.writeString(folder.resolve("out.tmp/chat_template.jinja"), "of another model");
        ModelFolder.write(StoredModel.open(folder), out, StorageType.FLOAT32, ProgressListener.SILENT);
        assertThat(out.resolve("model.safetensors")).exists();
        assertThat(out.resolve("chat_template.jinja")).doesNotExist();
        assertThatThrownBy(() -> ModelFolder.write(StoredModel.open(folder), out, StorageType.FLOAT32,
                ProgressListener.SILENT)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("out.tmp")).doesNotExist();
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        tensors.remove("model.layers.1.mlp.up_proj.weight");
        Safetensors.write(weights, tensors, StorageType.FLOAT32, Map.of());
        refused("model.safetensors has no tensor model.layers.1.mlp.up_proj.weight.");
    }

    @Test
    void aWrongShapeIsNamed() throws IOException {
        tensors.put("model.norm.weight", new Tensor(new long[] {17}, new float[17]));
        Safetensors.write(weights, tensors, StorageType.FLOAT32, Map.of());
        refused("model.norm.weight with shape [17], but the configuration needs [16]");
    }

    @Test
    void aTruncatedFileIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 10));
        refused("model.safetensors is truncated: tensor model.norm.weight");
        Files.write(weights, Arrays.copyOf(whole, 100));
        refused("model.safetensors is truncated: its header");
        Files.write(weights, new byte[3]);
        refused("model.safetensors is truncated: 3 bytes");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(weights);
        refused("model.safetensors is missing.");
        Files.delete(folder.resolve("config.json"));
        refused("config.json is missing.");
    }

    @Test
    void anotherArchitectureIsRefusedByName() throws IOException {
        String config = Files.readString(folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), config.replace("\"llama\"", "\"gpt2\""));
        refused("model_type 'gpt2' is not supported");
        Files.writeString(folder.resolve("config.json"), config.replace("\"rope_type\" : \"default\"",
                "\"rope_type\" : \"yarn\""));
        refused("rope_type 'yarn' is not supported");
        Files.writeString(folder.resolve("config.json"), config.replace("\"hidden_size\" : 16,", ""));
        refused("hidden_size is missing.");
    }

    @Test
    void bothSpellingsOfAConfigurationMeanTheSame() throws IOException {
        ModelConfig own = ModelConfig.read(folder);
        String config = Files.readString(folder.resolve("config.json"));
        String older = config.replaceAll("(?s)\"rope_parameters\" : \\{.*?},", "");
        assertThat(older).isNotEqualTo(config);
        Files.writeString(folder.resolve("config.json"), older);
        assertThat(ModelConfig.read(folder)).isEqualTo(own);
        Files.writeString(folder.resolve("config.json"), config.replaceFirst("\"rope_theta\" : 10000.0,", ""));
        assertThat(ModelConfig.read(folder)).isEqualTo(own);
    }
}
