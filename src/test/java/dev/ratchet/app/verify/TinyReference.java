package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.AdapterFolder;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.LoraSpec;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Row;
import dev.ratchet.lm.Sampling;
import dev.ratchet.lm.TinyModel;
import dev.ratchet.lm.TrainingSpec;
import dev.ratchet.preference.PairLoss;
import dev.ratchet.preference.PreferenceSpec;
import dev.ratchet.preference.PreferenceTrainer;
import dev.ratchet.reward.EncodedPair;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.StorageType;
import dev.ratchet.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A reference folder of one item of each kind, with names of its own, whose answers this program gave. */
final class TinyReference {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] TOKENS = {1, 40, 41, 97, 98, 99};
    private static final TrainingSpec TRAINING = new TrainingSpec(1, 2, 1, 1e-3, 0, TrainingSpec.Decay.CONSTANT, 0, 1,
            0, 0, ComputeType.FLOAT32, TrainingSpec.Order.AS_GIVEN);

    private final Path root;

    private TinyReference(Path root) {
        this.root = root;
    }

    /** Writes the folder, and the one model that it speaks of below {@code models}. */
    static void write(Path root, Path models) throws IOException {
        TinyReference reference = new TinyReference(root);
        Path small = models.resolve("small");
        try (LanguageModel model = TinyModel.create(small, true, 5)) {
            model.save(small, StorageType.FLOAT32);
            reference.network(model);
            reference.whole(model);
            reference.adapter(model);
        }
        try (LanguageModel model = LanguageModel.load(small, ComputeType.FLOAT32)) {
            reference.trajectory(model);
        }
        reference.template();
        reference.blocks();
        reference.sampling();
    }

    private static Row row(int length) {
        return new Row(Arrays.copyOf(TOKENS, 1), List.of(Arrays.copyOfRange(TOKENS, 1, length)));
    }

    private static float[] logits(LanguageModel model, Row row) {
        return model.decoder().logits(List.of(row), ComputeType.FLOAT32);
    }

    private static long[] ids(int length) {
        return Arrays.copyOf(Arrays.stream(TOKENS).limit(length).asLongStream().toArray(), TOKENS.length);
    }

    private void network(LanguageModel model) throws IOException {
        Path folder = root.resolve("networks/one");
        model.save(folder, StorageType.FLOAT32);
        int width = TOKENS.length;
        int vocabulary = model.config().vocabularySize();
        long[] ids = new long[2 * width];
        long[] mask = new long[2 * width];
        float[] logits = new float[2 * width * vocabulary];
        float[] next = new float[2 * (width - 1)];
        for (int row = 0; row < 2; row++) {
            int length = row == 0 ? 4 : width;
            float[] alone = logits(model, row(length));
            System.arraycopy(alone, 0, logits, row * width * vocabulary, alone.length);
            System.arraycopy(ids(length), 0, ids, row * width, width);
            Arrays.fill(mask, row * width, row * width + length, 1);
            double[] own = model.decoder().evaluate(List.of(row(length)), Decoder.Head.TOKEN_LOG_PROBABILITY,
                    ComputeType.FLOAT32);
            for (int i = 0; i < own.length; i++) {
                next[row * (width - 1) + i] = (float) own[i];
            }
        }
        safetensors(folder.resolve("expected.safetensors"),
                Map.of("input_ids", ids, "attention_mask", mask, "logits", logits, "log_probs", next),
                Map.of("input_ids", new long[] {2, width}, "attention_mask", new long[] {2, width},
                        "logits", new long[] {2, width, vocabulary}, "log_probs", new long[] {2, width - 1}));
    }

    private void adapter(LanguageModel model) throws IOException {
        Path folder = root.resolve("adapters/two");
        model.adapt(new LoraSpec(2, 4), 1, "small");
        Map<String, Tensor> weights = model.decoder().trained();
        weights.values().forEach(weight -> Arrays.fill(weight.values(), 0.05f));
        model.decoder().assignTrained(weights);
        AdapterFolder.write(folder, model.adapters().current().orElseThrow(), model.config(), StorageType.FLOAT32);
        safetensors(folder.resolve("expected.safetensors"),
                Map.of("input_ids", ids(TOKENS.length), "logits", logits(model, row(TOKENS.length))),
                Map.of("input_ids", new long[] {1, TOKENS.length},
                        "logits", new long[] {1, TOKENS.length, model.config().vocabularySize()}));
    }

    private void trajectory(LanguageModel model) throws IOException {
        StringBuilder rows = new StringBuilder();
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pairs.add(new PreferencePair(List.of(Message.user("q" + i)), "yes " + i, "no"));
            rows.append(JSON.createObjectNode().put("prompt", "q" + i).put("chosen", "yes " + i).put("rejected", "no"))
                    .append('\n');
        }
        Files.writeString(root.resolve("pairs.jsonl"), rows);
        ObjectNode known = JSON.createObjectNode();
        known.putObject("settings").put("optimizer", "AdamW, no weight decay").put("learning_rate", 1e-3)
                .put("schedule", "constant").put("max_grad_norm", 1).put("batch", "rows 0-1, then 2-3")
                .put("beta", 0.2).put("trainer", "a DPOTrainer").put("model", "small")
                .putArray("loss_type").add("hinge");
        EncodedPair first = EncodedPair.of(model.encoder(), pairs.get(0));
        ObjectNode tokens = known.putObject("tokenized_first_row");
        tokens.set("prompt_ids", JSON.valueToTree(first.prompt()));
        tokens.set("chosen_ids", JSON.valueToTree(first.chosen()));
        tokens.set("rejected_ids", JSON.valueToTree(first.rejected()));
        ArrayNode steps = known.putArray("steps");
        new PreferenceTrainer().train(model, pairs, PreferenceSpec.of(PairLoss.HINGE, 0.2), TRAINING, null,
                (step, total, metrics) -> steps.addObject().put("loss", metrics.get("loss"))
                        .put("grad_norm", metrics.get("gradient_norm")));
        ObjectNode after = known.putObject("after");
        after.set("probe_ids", JSON.valueToTree(TOKENS));
        int last = (TOKENS.length - 1) * model.config().vocabularySize();
        after.set("last_logits_first_32", JSON.valueToTree(
                Arrays.copyOfRange(logits(model, row(TOKENS.length)), last, last + 32)));
        write("trajectories/three.json", known);
    }

    private void template() throws IOException {
        Files.createDirectories(root.resolve("templates"));
        Files.writeString(root.resolve("templates/four.jinja"), "{% for m in messages %}<{{ m.role }}>{% generation %}"
                + "{{ m.content }}{% endgeneration %}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}");
        ObjectNode known = JSON.createObjectNode();
        known.putObject("conversations").putArray("short").addObject().put("role", "user").put("content", "Grüße");
        ObjectNode template = known.putObject("templates").putObject("four");
        template.putObject("special_tokens").putNull("bos_token");
        ObjectNode renderings = template.putObject("renderings");
        renderings.putObject("short").put("text", "<user>Grüße").putArray("assistant_spans").add("Grüße");
        renderings.putObject("short, generation prompt").put("text", "<user>Grüße<assistant>")
                .putArray("assistant_spans").add("Grüße");
        write("templates/renderings.json", known);
    }

    private void blocks() throws IOException {
        // A block of Q8_0: a scale of 0.5 as a half, and 32 whole numbers.
        byte[] block = new byte[34];
        block[1] = 0x38;
        float[] values = new float[32];
        for (int i = 0; i < 32; i++) {
            block[2 + i] = (byte) (i - 16);
            values[i] = 0.5f * (i - 16);
        }
        Files.createDirectories(root.resolve("gguf"));
        safetensors(root.resolve("gguf/blocks.safetensors"), Map.of("Q8_0.bytes", block, "Q8_0.values", values),
                Map.of("Q8_0.bytes", new long[] {34}, "Q8_0.values", new long[] {32}));
    }

    private void sampling() throws IOException {
        ObjectNode known = JSON.createObjectNode();
        known.putArray("logits").add(Math.log(1)).add(Math.log(2)).add(Math.log(5));
        known.putArray("seen").add(0);
        known.putObject("probabilities").putArray("top_k 2").add(0).add(2 / 7.0).add(5 / 7.0);
        write("sampling.json", known);
    }

    private void whole(LanguageModel model) throws IOException {
        ObjectNode known = JSON.createObjectNode().put("model", "models/small (as it is)");
        known.putArray("tokenizer").addObject().put("text", "ab<s>").putArray("ids").add(97).add(98)
                .add(TinyModel.BEGIN);
        int[] prompt = model.prompt(List.of(Message.user("hi")));
        int vocabulary = model.config().vocabularySize();
        float[] logits = Arrays.copyOfRange(logits(model, new Row(prompt, List.of(new int[] {0}))),
                (prompt.length - 1) * vocabulary, prompt.length * vocabulary);
        int best = 0;
        for (int token = 0; token < vocabulary; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        Completion reply = model.generateTokens(List.of(prompt), Sampling.greedy(48), ProgressListener.SILENT).get(0);
        ObjectNode chat = known.putArray("chat").addObject().put("user", "hi");
        chat.set("prompt_ids", JSON.valueToTree(prompt));
        chat.putArray("top16_ids").add(best);
        chat.putArray("top16_logits").add(logits[best]);
        chat.set("greedy_ids", JSON.valueToTree(reply.tokens()));
        chat.put("greedy_text", reply.text());
        write("small.json", known);
    }

    private void write(String name, ObjectNode content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        JSON.writeValue(file.toFile(), content);
    }

    /** Writes tensors given as {@code float[]}, {@code long[]} or {@code byte[]}. */
    static void safetensors(Path file, Map<String, Object> tensors, Map<String, long[]> shapes) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<String, Object> tensor : tensors.entrySet()) {
            ByteBuffer bytes;
            String type;
            if (tensor.getValue() instanceof float[] floats) {
                bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(floats);
                type = "F32";
            } else if (tensor.getValue() instanceof long[] longs) {
                bytes = ByteBuffer.allocate(8 * longs.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asLongBuffer().put(longs);
                type = "I64";
            } else {
                bytes = ByteBuffer.wrap((byte[]) tensor.getValue());
                type = "U8";
            }
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type);
            entry.set("shape", JSON.valueToTree(shapes.get(tensor.getKey())));
            entry.putArray("data_offsets").add(data.size()).add(data.size() + bytes.capacity());
            data.write(bytes.array());
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
            out.write(json);
            out.write(data.toByteArray());
        }
    }
}
