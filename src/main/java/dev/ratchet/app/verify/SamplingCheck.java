package dev.ratchet.app.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Generator;
import dev.ratchet.lm.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The probabilities that a token is drawn by, after the settings that the item's name spells. */
record SamplingCheck(String item, Path file, String settings) implements Check {
    private static final double PROBABILITIES = 1e-6;
    private static final Pattern SETTING = Pattern.compile("([a-z_]+) ([0-9.eE+-]+)");

    @Override
    public void run(Comparison comparison) throws IOException {
        JsonNode root = ReferenceJson.read(file);
        float[] logits = ReferenceJson.floats(root, "logits");
        int[] seen = ReferenceJson.ints(root, "seen");
        JsonNode known = ReferenceJson.get(ReferenceJson.get(root, "probabilities"), settings);
        double[] own = Generator.distribution(logits, seen, sampling());
        if (known.size() != own.length) {
            throw new IOException("it has " + known.size() + " probabilities for " + own.length + " logits");
        }
        for (int i = 0; i < own.length; i++) {
            comparison.close("probabilities", known.get(i).asDouble(Double.NaN), own[i], PROBABILITIES, "token " + i);
        }
    }

    private Sampling sampling() throws IOException {
        double temperature = 1;
        int topK = 0;
        double topP = 1;
        double minP = 0;
        double penalty = 1;
        Matcher setting = SETTING.matcher(settings);
        while (setting.find()) {
            double value = Double.parseDouble(setting.group(2));
            switch (setting.group(1)) {
                case "temperature" -> temperature = value;
                case "top_k" -> topK = (int) value;
                case "top_p" -> topP = value;
                case "min_p" -> minP = value;
                case "repetition_penalty" -> penalty = value;
                default -> throw new IOException("the setting " + setting.group(1) + " is not known");
            }
        }
        return new Sampling(1, temperature, topK, topP, minP, penalty, 0, List.of());
    }
}
