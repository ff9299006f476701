package dev.ratchet.lm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The decoder families: they share one network, and differ in biases, norms and what their files leave out. */
public enum ModelFamily {
    LLAMA("llama", "LlamaForCausalLM", "llama"),
    /** As Llama, with a window over the last tokens. */
    MISTRAL("mistral", "MistralForCausalLM", "llama"),
    /** With biases on queries, keys and values. */
    QWEN2("qwen2", "Qwen2ForCausalLM", "qwen2"),
    /** With a norm over each head's queries and keys. */
    QWEN3("qwen3", "Qwen3ForCausalLM", "qwen3");

    private final String type;
    private final String architecture;
    private final String ggufArchitecture;

    ModelFamily(String type, String architecture, String ggufArchitecture) {
        this.type = type;
        this.architecture = architecture;
        this.ggufArchitecture = ggufArchitecture;
    }

    /** The family that {@code model_type} of a {@code config.json} names. */
    static ModelFamily of(String type) {
        return Arrays.stream(values()).filter(f -> f.type.equals(type)).findFirst()
                .orElseThrow(() -> new ModelFormatException("model_type '" + type + "' is not supported; "
                        + Arrays.stream(values()).map(ModelFamily::type).collect(Collectors.joining(", ")) + " are."));
    }

    /** The family that {@code general.architecture} of a GGUF file names. */
    static ModelFamily ofGguf(String architecture) {
        return Arrays.stream(values()).filter(f -> f.ggufArchitecture.equals(architecture)).findFirst()
                .orElseThrow(() -> new ModelFormatException("general.architecture '" + architecture
                        + "' is not supported; " + Arrays.stream(values()).map(f -> f.ggufArchitecture).distinct()
                                .collect(Collectors.joining(", ")) + " are."));
    }

    /** {@code model_type} in a {@code config.json}. */
    public String type() {
        return type;
    }

    /** The class of transformers that holds this family. */
    public String architecture() {
        return architecture;
    }

    /** {@code general.architecture} in a GGUF file: llama.cpp knows Mistral as Llama. */
    public String ggufArchitecture() {
        return ggufArchitecture;
    }

    /** Whether queries, keys and values have biases. */
    public boolean biases() {
        return this == QWEN2;
    }

    /** Whether each head's queries and keys pass a norm before they are rotated. */
    public boolean queryKeyNorms() {
        return this == QWEN3;
    }

    /** Whether llama.cpp keeps the rows of query and key projections in another order. */
    boolean permutedInGguf() {
        return List.of(LLAMA, MISTRAL).contains(this);
    }
}
