package dev.ratchet.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ratchet.tensor.Program;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder that writes token by token with a key-value cache.
 *
 * <p>It keeps the weights in the order and type that one token reads them fastest in, with the active adapter merged
 * in, and lays them out again when they have changed. Merged weights are rounded to the type: one coarser than float32
 * may lose what a young adapter has learned, so {@link LanguageModel#weightType} chooses none for it.
 */
public final class CachedDecoder implements AutoCloseable {
    private final Decoder decoder;
    private final NDManager manager;
    /** Loaded when first needed: many models are never asked to write. */
    private Program program;
    private final Map<WeightType, Prepared> prepared = new EnumMap<>(WeightType.class);

    /** Weights as the program takes them. The arrays are handles: some are bfloat16, which Java must not touch. */
    private record Prepared(NDManager owner, NDList weights, NDArray plan, NDArray epsilon, long version) {
    }

    /** Tokens (-1 after the end) and log-probabilities of one batch, both [prompts, steps] in row-major order. */
    record Generated(long[] tokens, float[] logProbabilities, int steps) {
    }

    /** @param decoder whose weights it reads; it is closed by its owner, after this */
    public CachedDecoder(Decoder decoder) {
        this.decoder = decoder;
        this.manager = decoder.manager().newSubManager();
    }

    /**
     * The likeliest token after each prompt, the likeliest after that, and so on: {@code steps} of them, [prompts,
     * steps] in row-major order. No token ends it.
     */
    public int[] greedy(List<int[]> prompts, int steps, WeightType type) {
        Generated generated = generate(prompts, new double[prompts.size() * steps], steps, Sampling.greedy(steps),
                List.of(), type);
        return Arrays.stream(generated.tokens).mapToInt(Math::toIntExact).toArray();
    }

    /** Continues prompts of any lengths; {@code uniforms} is [prompts, steps] in [0, 1). */
    Generated generate(List<int[]> prompts, double[] uniforms, int steps, Sampling sampling, List<Integer> ends,
            WeightType type) {
        return decoder.locked(() -> {
            Prepared own = prepare(type);
            try (NDManager scope = manager.newSubManager()) {
                int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
                long[] ids = new long[prompts.size() * longest];
                long[] padding = new long[prompts.size()];
                for (int row = 0; row < padding.length; row++) {
                    int[] prompt = prompts.get(row);
                    padding[row] = longest - prompt.length;
                    for (int i = 0; i < prompt.length; i++) {
                        ids[row * longest + (int) padding[row] + i] = prompt[i];
                    }
                }
                long[] stops = ends.isEmpty() ? new long[] {-1} : ends.stream().mapToLong(Integer::longValue).toArray();
                NDList out = program()
                        .call(scope, "generate", false, scope.create(ids, new Shape(padding.length, longest)),
                        scope.create(padding), own.weights, decoder.inverse(), own.plan, own.epsilon,
                        scope.create(uniforms, new Shape(padding.length, steps)), scope.create(stops),
                        scope.create(sampling.options()));
                return new Generated(out.get(0).toLongArray(), out.get(1).toFloatArray(),
                        (int) out.get(0).getShape().get(1));
            }
        });
    }

    /** The probabilities that the next token is drawn by; {@code temperature} must be above 0. */
    double[] probabilities(float[] logits, int[] seen, Sampling sampling) {
        return decoder.locked(() -> probabilities(program(), manager, logits, seen, sampling));
    }

    /** The same by a program that is loaded already. */
    static double[] probabilities(Program program, NDManager manager, float[] logits, int[] seen, Sampling sampling) {
        float[] counts = new float[logits.length];
        for (int token : seen) {
            counts[token]++;
        }
        Shape shape = new Shape(1, logits.length);
        try (NDManager scope = manager.newSubManager()) {
            return program.call(scope, "probabilities", false, scope.create(logits, shape),
                    scope.create(counts, shape), scope.create(sampling.options())).get(0).toDoubleArray();
        }
    }

    private Program program() {
        if (program == null) {
            program = Program.load("generation");
        }
        return program;
    }

    private Prepared prepare(WeightType type) {
        Prepared known = prepared.get(type);
        if (known != null && known.version == decoder.version()) {
            return known;
        }
        // What a model was before it learned is of no use, and may be large.
        prepared.values().removeIf(p -> {
            boolean stale = p.version != decoder.version();
            if (stale) {
                p.owner.close();
            }
            return stale;
        });
        type.requireFits(decoder.config());
        ModelConfig config = decoder.config();
        NDManager owner = manager.newSubManager();
        NDArray plan = owner.create(new long[] {config.layers(), config.heads(), config.keyValueHeads(),
                config.headWidth(), type.code()});
        NDList weights = program().call(owner, "prepare", false, decoder.dictionary(), plan);
        Prepared fresh = new Prepared(owner, weights, plan,
                owner.create(new double[] {config.normEpsilon()}), decoder.version());
        prepared.put(type, fresh);
        return fresh;
    }

    @Override
    public void close() {
        decoder.locked(() -> {
            manager.close();
            if (program != null) {
                program.close();
            }
            return null;
        });
    }
}
