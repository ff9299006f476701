package dev.ratchet.lm;

import dev.ratchet.tensor.Tensor;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How GGUF names a decoder's weights, and the order in which it keeps the rows of query and key projections. */
final class GgufNames {
    private static final Map<String, String> OUTER = Map.of(
            "model.embed_tokens.weight", "token_embd.weight",
            "model.norm.weight", "output_norm.weight",
            "lm_head.weight", "output.weight");
    private static final Map<String, String> INNER = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("post_attention_layernorm", "ffn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"));
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)\\.(weight|bias)");

    private GgufNames() {
    }

    /** The GGUF name of a weight that has a checkpoint name. */
    static String of(String name) {
        if (OUTER.containsKey(name)) {
            return OUTER.get(name);
        }
        Matcher layer = LAYER.matcher(name);
        if (!layer.matches() || !INNER.containsKey(layer.group(2))) {
            throw new IllegalArgumentException("The weight " + name + " has no place in a GGUF file.");
        }
        return "blk." + layer.group(1) + "." + INNER.get(layer.group(2)) + "." + layer.group(3);
    }

    /** Whether a weight makes queries or keys, which are rotated. */
    static boolean rotated(String name) {
        return name.contains(".q_proj.") || name.contains(".k_proj.");
    }

    /**
     * llama.cpp rotates neighbours, transformers the halves of a head: row 2i + j of a head in a GGUF file is row
     * j * width / 2 + i of the head in a checkpoint.
     */
    static Tensor unpermuted(Tensor gguf, int headWidth) {
        return reordered(gguf, headWidth, false);
    }

    /** The inverse of {@link #unpermuted}. */
    static Tensor permuted(Tensor checkpoint, int headWidth) {
        return reordered(checkpoint, headWidth, true);
    }

    private static Tensor reordered(Tensor tensor, int headWidth, boolean toGguf) {
        int rows = (int) tensor.shape()[0];
        int columns = tensor.values().length / rows;
        float[] values = new float[tensor.values().length];
        for (int row = 0; row < rows; row++) {
            int within = row % headWidth;
            int paired = row - within + within % (headWidth / 2) * 2 + within / (headWidth / 2);
            System.arraycopy(tensor.values(), (toGguf ? row : paired) * columns, values,
                    (toGguf ? paired : row) * columns, columns);
        }
        return new Tensor(tensor.shape(), values);
    }
}
