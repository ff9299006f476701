package dev.ratchet.lm;

import ai.djl.ndarray.NDManager;
import dev.ratchet.tensor.Program;
import dev.ratchet.tensor.Torch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes completions of prompts, many at a time.
 *
 * <p>A completion depends on the seed and on the prompt's place in the list, never on what shares its batch: each has
 * its own stream of random numbers.
 */
public final class Generator implements AutoCloseable {
    /** Rows of one native call, and the most positions and bytes that its cache may hold. */
    private static final int MOST_ROWS = 128;
    private static final int MOST_POSITIONS = 1 << 16;
    private static final long MOST_CACHE_BYTES = 1L << 30;

    private final ModelConfig config;
    private final ConversationEncoder encoder;
    private final CachedDecoder decoder;

    Generator(Decoder decoder, ConversationEncoder encoder) {
        this.config = decoder.config();
        this.encoder = encoder;
        this.decoder = new CachedDecoder(decoder);
    }

    /**
     * Continuations of prompts that are given as tokens, in their order.
     *
     * @throws ContextLengthException where a prompt leaves no room for a reply
     * @throws IllegalArgumentException where the model's shape does not allow the weights' type, or a prompt is empty
     */
    public List<Completion> generate(List<int[]> prompts, Sampling sampling, WeightType weights,
            ProgressListener listener) {
        for (int[] prompt : prompts) {
            if (prompt.length == 0) {
                throw new IllegalArgumentException("A prompt has no tokens; give it at least one.");
            }
            if (prompt.length >= config.contextLength()) {
                throw new ContextLengthException("The prompt", prompt.length, config.contextLength());
            }
        }
        int[] order = IntStream.range(0, prompts.size()).boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length)).mapToInt(Integer::intValue).toArray();
        Completion[] completions = new Completion[prompts.size()];
        for (int begin = 0; begin < order.length;) {
            int end = begin + 1;
            while (end < order.length && end - begin < MOST_ROWS && fits(end + 1 - begin,
                    prompts.get(order[end]).length + steps(prompts.get(order[begin]), sampling))) {
                end++;
            }
            batch(prompts, Arrays.copyOfRange(order, begin, end), sampling, weights, completions);
            begin = end;
            listener.progress(end, order.length);
        }
        return List.of(completions);
    }

    /**
     * The probabilities [vocabulary] that a token is drawn by after these logits.
     *
     * @param seen tokens of the prompt and the completion so far, for the repetition penalty
     * @throws IllegalArgumentException where the temperature is 0, which draws nothing
     */
    public double[] probabilities(float[] logits, int[] seen, Sampling sampling) {
        requireDrawing(sampling);
        return decoder.probabilities(logits, seen, sampling);
    }

    /** As {@link #probabilities}, without a model. */
    public static double[] distribution(float[] logits, int[] seen, Sampling sampling) {
        requireDrawing(sampling);
        try (NDManager manager = Torch.newManager(); Program program = Program.load("generation")) {
            return CachedDecoder.probabilities(program, manager, logits, seen, sampling);
        }
    }

    private static void requireDrawing(Sampling sampling) {
        if (sampling.temperature() == 0) {
            throw new IllegalArgumentException("At temperature 0 nothing is drawn; give one above 0.");
        }
    }

    private boolean fits(int rows, int positions) {
        long bytes = 2L * Float.BYTES * config.layers() * config.keyValueHeads() * config.headWidth();
        return (long) rows * positions <= Math.min(MOST_POSITIONS, MOST_CACHE_BYTES / bytes);
    }

    /** Tokens that a prompt's completion may have. */
    private int steps(int[] prompt, Sampling sampling) {
        return Math.min(sampling.maxTokens(), config.contextLength() - prompt.length);
    }

    private void batch(List<int[]> prompts, int[] places, Sampling sampling, WeightType weights,
            Completion[] completions) {
        List<int[]> batch = Arrays.stream(places).mapToObj(prompts::get).toList();
        // The shortest prompt comes first and has the most room; what others write past theirs is cut off.
        int steps = steps(batch.get(0), sampling);
        double[] uniforms = new double[batch.size() * steps];
        if (sampling.temperature() > 0) {
            for (int row = 0; row < places.length; row++) {
                SplittableRandom random = new SplittableRandom(sampling.seed() * 0x9E3779B97F4A7C15L + places[row]);
                random = random.split();
                for (int step = 0; step < steps; step++) {
                    uniforms[row * steps + step] = random.nextDouble();
                }
            }
        }
        CachedDecoder.Generated generated = decoder.generate(batch, uniforms, steps, sampling, encoder.ends(), weights);
        for (int row = 0; row < places.length; row++) {
            int from = row * generated.steps();
            int to = from + Math.min(generated.steps(), steps(batch.get(row), sampling));
            completions[places[row]] = completion(batch.get(row), Arrays.copyOfRange(generated.tokens(), from, to),
                    Arrays.copyOfRange(generated.logProbabilities(), from, to), sampling.stop());
        }
    }

    /** @param written tokens, with the one that ended them, and -1 after that */
    private Completion completion(int[] prompt, long[] written, float[] logProbabilities, List<String> stops) {
        int[] drawn = Arrays.stream(written).takeWhile(t -> t >= 0).mapToInt(t -> (int) t).toArray();
        boolean ended = drawn.length > 0 && encoder.ends().contains(drawn[drawn.length - 1]);
        int[] tokens = ended ? Arrays.copyOf(drawn, drawn.length - 1) : drawn;
        String text = encoder.textAfter(prompt, tokens);
        int cut = firstStop(text, stops);
        if (cut < 0) {
            return new Completion(text, tokens, drawn, sum(logProbabilities, drawn.length), ended ? "stop" : "length");
        }
        int kept = 1;
        while (kept < tokens.length
                && firstStop(encoder.textAfter(prompt, Arrays.copyOf(tokens, kept)), stops) < 0) {
            kept++;
        }
        int[] own = Arrays.copyOf(tokens, kept);
        return new Completion(text.substring(0, cut), own, own, sum(logProbabilities, kept), "stop");
    }

    private static double sum(float[] logProbabilities, int count) {
        return IntStream.range(0, count).mapToDouble(i -> logProbabilities[i]).sum();
    }

    private static int firstStop(String text, List<String> stops) {
        return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
