package dev.ratchet.app.learn;

import dev.ratchet.reward.PreferencePair;
import dev.ratchet.stats.PairwiseLogistic;
import dev.ratchet.stats.SparseVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A linear model of which answer people prefer: the logarithm of 1 + how often each word stands in it. What a reward
 * model must beat to have understood more than words.
 */
record BagOfWords(Map<String, Integer> vocabulary, double[] weights, double ridge) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’][\\p{L}]+)?");
    private static final List<Double> RIDGES = List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0);
    private static final int FOLDS = 5;
    private static final int RARE = 2;

    /** Fits on the training part alone: the ridge is the one with the least loss in five folds, apart by prompt. */
    static BagOfWords fit(List<DataRow<PreferencePair>> training, Progress progress) {
        List<List<DataRow<PreferencePair>>> folds = new ArrayList<>();
        for (int i = 0; i < FOLDS; i++) {
            folds.add(new ArrayList<>());
        }
        for (DataRow<PreferencePair> each : training) {
            folds.get(Math.floorMod(Digest.of("fold\n" + each.group()).hashCode(), FOLDS)).add(each);
        }
        double[] losses = new double[RIDGES.size()];
        int done = 0;
        for (List<DataRow<PreferencePair>> left : folds) {
            if (left.isEmpty() || left.size() == training.size()) {
                continue;
            }
            List<DataRow<PreferencePair>> rest = training.stream().filter(c -> !left.contains(c)).toList();
            Map<String, Integer> vocabulary = vocabulary(rest);
            List<SparseVector> learned = differences(rest, vocabulary);
            List<SparseVector> judged = differences(left, vocabulary);
            for (int i = 0; i < losses.length; i++) {
                double[] weights = PairwiseLogistic.fit(learned, vocabulary.size(), RIDGES.get(i));
                losses[i] += PairwiseLogistic.loss(judged, weights) * left.size();
                progress.at(++done, (long) FOLDS * losses.length, "");
            }
        }
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        Map<String, Integer> vocabulary = vocabulary(training);
        return new BagOfWords(vocabulary, PairwiseLogistic.fit(differences(training, vocabulary), vocabulary.size(),
                RIDGES.get(best)), RIDGES.get(best));
    }

    double score(String answer) {
        return SparseVector.of(features(answer, vocabulary)).dot(weights);
    }

    private static Map<String, Integer> vocabulary(List<DataRow<PreferencePair>> comparisons) {
        Map<String, Integer> answers = new TreeMap<>();
        for (DataRow<PreferencePair> each : comparisons) {
            counts(each.value().chosen()).keySet().forEach(word -> answers.merge(word, 1, Integer::sum));
            counts(each.value().rejected()).keySet().forEach(word -> answers.merge(word, 1, Integer::sum));
        }
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        answers.forEach((word, count) -> {
            if (count >= RARE) {
                vocabulary.put(word, vocabulary.size());
            }
        });
        return vocabulary;
    }

    private static List<SparseVector> differences(List<DataRow<PreferencePair>> comparisons,
            Map<String, Integer> vocabulary) {
        return comparisons.stream().map(DataRow::value).map(p -> difference(p, vocabulary)).toList();
    }

    private static SparseVector difference(PreferencePair pair, Map<String, Integer> vocabulary) {
        Map<Integer, Double> features = features(pair.chosen(), vocabulary);
        features(pair.rejected(), vocabulary).forEach((place, value) -> features.merge(place, -value, Double::sum));
        return SparseVector.of(features);
    }

    private static Map<Integer, Double> features(String answer, Map<String, Integer> vocabulary) {
        Map<Integer, Double> features = new LinkedHashMap<>();
        counts(answer).forEach((word, count) -> {
            Integer place = vocabulary.get(word);
            if (place != null) {
                features.put(place, Math.log1p(count));
            }
        });
        return features;
    }

    private static Map<String, Integer> counts(String answer) {
        Map<String, Integer> counts = new TreeMap<>();
        Matcher words = WORD.matcher(answer.toLowerCase(Locale.ROOT));
        while (words.find()) {
            counts.merge(words.group(), 1, Integer::sum);
        }
        return counts;
    }
}
