package dev.ratchet.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * Everything that a run depends on, resolved when it is created: the same spec on the same machine gives the same
 * bytes.
 *
 * @param kind code of a {@link RunKind}
 * @param chain id that the runs of one pass through the loop share; null for a single run
 * @param seed of sampling, data order and initial weights
 * @param compute what the machine was measured to do best
 * @param models by part: {@code champion}, which training starts from (in a chain that began supervised: what that
 *     run made), {@code root} (its first ancestor), {@code reward}, {@code candidate}
 * @param championRevision revision of the alias {@code champion} that the run was made for
 * @param snapshot SHA-256 of the pairs
 * @param demonstrations highest id of the imported demonstrations and documents that are learned; null where none are
 * @param prompts which prompts are sampled; null if none
 * @param generation how replies are sampled; null if none are
 * @param beta strength of the pull to the reference policy
 * @param supervisedCoefficient weight of the chosen replies' mean negative log-likelihood
 * @param recipe hyperparameters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSpec(
        String kind,
        String chain,
        long seed,
        Compute compute,
        Map<String, ModelReference> models,
        int championRevision,
        String snapshot,
        Long demonstrations,
        PromptSelection prompts,
        Generation generation,
        double beta,
        double supervisedCoefficient,
        Recipe recipe) {

    public static final String CHAMPION = "champion";
    public static final String ROOT = "root";
    public static final String REWARD = "reward";
    public static final String CANDIDATE = "candidate";

    /** A registered version, with the digest that its folder had. */
    public record ModelReference(long id, String name, String digest) {}

    /**
     * Compute type, threads and device, with the measurement that chose them.
     *
     * @param type {@code float32} or {@code bfloat16}
     * @param reason one sentence for people
     */
    public record Compute(
            String type, int threads, String device, double float32Gflops, double bfloat16Gflops, String reason) {}

    /**
     * Prompts of one split, in the order of a digest of seed and id, so that any node selects the same ones.
     *
     * @param split {@code train} or {@code eval}
     * @param limit most prompts
     * @param upTo highest prompt id when the run was created
     */
    public record PromptSelection(String split, int limit, long upTo) {}

    /** Sampling of replies: {@code samples} for each prompt, at most {@code maxTokens} tokens long. */
    public record Generation(int samples, int maxTokens, double temperature) {}
}
