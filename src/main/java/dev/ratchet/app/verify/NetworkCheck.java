package dev.ratchet.app.verify;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.ModelConfig;
import dev.ratchet.lm.Row;
import dev.ratchet.tensor.ComputeType;
import dev.ratchet.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network on rows of tokens: logits and next-token log-probabilities, each row alone and in a padded batch. */
record NetworkCheck(String item, Path folder) implements Check {
    private static final double LOGITS = 1e-4;
    private static final double LOG_PROBABILITIES = 2e-5;

    @Override
    public void run(Comparison comparison) throws IOException {
        ModelConfig config = ModelConfig.read(folder);
        Safetensors expected = Safetensors.open(folder.resolve("expected.safetensors"));
        List<Row> rows = rows(expected);
        int width = (int) expected.shape("input_ids")[1];
        int vocabulary = config.vocabularySize();
        float[] logits = expected.floats("logits", rows.size(), width, vocabulary).values();
        float[] next = expected.floats("log_probs", rows.size(), width - 1).values();
        int paddedWidth = rows.stream().mapToInt(Row::length).max().orElseThrow();
        try (Decoder decoder = new Decoder(config, LanguageModel.weights(folder, config.weights()))) {
            float[] padded = decoder.logits(rows, ComputeType.FLOAT32);
            double[] together = logProbabilities(decoder, rows);
            int token = 0;
            for (int row = 0; row < rows.size(); row++) {
                int length = rows.get(row).length();
                int from = row * width * vocabulary;
                int paddedFrom = row * paddedWidth * vocabulary;
                float[] known = Arrays.copyOfRange(logits, from, from + length * vocabulary);
                float[] alone = decoder.logits(List.of(rows.get(row)), ComputeType.FLOAT32);
                float[] beside = Arrays.copyOfRange(padded, paddedFrom, paddedFrom + known.length);
                comparison.close("logits", known, alone, LOGITS);
                comparison.close("logits, padded", known, beside, LOGITS);
                comparison.close("logits, padded against alone", alone, beside, LOGITS);
                double[] own = logProbabilities(decoder, List.of(rows.get(row)));
                for (int i = 0; i < length - 1; i++) {
                    String where = "row " + row + ", token " + (i + 1);
                    double answer = next[row * (width - 1) + i];
                    double batched = together[token++];
                    comparison.close("log-probabilities", answer, own[i], LOG_PROBABILITIES, where);
                    comparison.close("log-probabilities, padded", answer, batched, LOG_PROBABILITIES, where);
                    comparison.close("log-probabilities, padded against alone", own[i], batched, LOG_PROBABILITIES,
                            where);
                }
            }
        }
    }

    private static double[] logProbabilities(Decoder decoder, List<Row> rows) {
        return decoder.evaluate(rows, Decoder.Head.TOKEN_LOG_PROBABILITY, ComputeType.FLOAT32);
    }

    /** The rows without their padding: the first token is the prompt, the others are what it continues with. */
    private static List<Row> rows(Safetensors expected) throws IOException {
        long[] ids = expected.longs("input_ids");
        long[] mask = expected.longs("attention_mask");
        long[] shape = expected.shape("input_ids");
        if (shape.length != 2 || !Arrays.equals(shape, expected.shape("attention_mask")) || shape[1] < 2) {
            throw new IOException("input_ids and attention_mask have the shapes " + Arrays.toString(shape) + " and "
                    + Arrays.toString(expected.shape("attention_mask")));
        }
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < shape[0]; row++) {
            int from = row * (int) shape[1];
            int length = 0;
            while (length < shape[1] && mask[from + length] == 1) {
                length++;
            }
            int[] tokens = Arrays.stream(ids, from, from + length).mapToInt(Math::toIntExact).toArray();
            rows.add(new Row(Arrays.copyOf(tokens, 1), List.of(Arrays.copyOfRange(tokens, 1, length))));
        }
        return rows;
    }
}
