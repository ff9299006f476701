package dev.ratchet.app.bench;

import dev.ratchet.lm.Decoder;
import dev.ratchet.lm.Objective;
import dev.ratchet.lm.Row;
import dev.ratchet.reward.BradleyTerry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pair of replies with what the reference says of them: as one row that shares the prompt, or as two.
 *
 * @param rows one with two continuations, or two with one each
 * @param reference log-probabilities of chosen and rejected
 */
record BenchPair(List<Row> rows, double[] reference) {
    private static final double BETA = 0.1;

    /** The same pair, its prompt computed for each reply. */
    BenchPair apart() {
        return new BenchPair(rows.get(0).continuations().stream()
                .map(reply -> new Row(rows.get(0).prompt(), List.of(reply))).toList(), reference);
    }

    /** A row of a pair, and its place in it. */
    record Part(BenchPair pair, int index) {
    }

    static List<Part> parts(List<BenchPair> pairs) {
        List<Part> parts = new ArrayList<>();
        for (BenchPair pair : pairs) {
            for (int i = 0; i < pair.rows.size(); i++) {
                parts.add(new Part(pair, i));
            }
        }
        return parts;
    }

    /** Direct preference optimisation (Rafailov et al., 2023): -log sigmoid(beta (h_c - h_r)), the mean of a step. */
    record Loss() implements Objective<Part> {
        @Override
        public Decoder.Head head() {
            return Decoder.Head.LOG_PROBABILITY;
        }

        @Override
        public Row row(Part part) {
            return part.pair.rows.get(part.index);
        }

        @Override
        public double scale(List<Part> step) {
            return step.stream().mapToDouble(p -> 1.0 / p.pair.rows.size()).sum();
        }

        @Override
        public Objective.Loss loss(List<Part> parts, double[] outputs, double pairs) {
            double loss = 0;
            double[] derivative = new double[outputs.length];
            int at = 0;
            for (int i = 0; i < outputs.length; i += 2) {
                double[] reference = parts.get(at).pair.reference;
                at += parts.get(at).pair.rows.size();
                double logit = BETA * (outputs[i] - reference[0] - outputs[i + 1] + reference[1]);
                loss += BradleyTerry.softplus(-logit) / pairs;
                derivative[i] = -BETA * BradleyTerry.sigmoid(-logit) / pairs;
                derivative[i + 1] = -derivative[i];
            }
            return new Objective.Loss(loss, derivative, Map.of());
        }
    }
}
