package dev.ratchet.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What a version was made from and how: enough to name everything that it learned from.
 *
 * @param kind {@code policy} or {@code reward}
 * @param base name of the version that training started from; null for an import
 * @param origin where an imported model came from, in words; null for the output of a run
 * @param run id of the run that made it; null for an import
 * @param snapshot SHA-256 of the snapshot that the run trained on
 * @param labelled SHA-256 of the pairs that the run's reward model labelled; null if none
 * @param reward name of the reward version that labelled them; null if none
 * @param loss name and revision of the training loss, such as {@code dpo-sigmoid@1}
 * @param pooling how a reward is read from the decoder; null for a policy
 * @param dtype compute type of the training, such as {@code float32}
 * @param storage type of the stored weights
 * @param seed seed of the run
 * @param spec the run's resolved spec
 * @param metrics final metrics by name
 * @param tokens token counts by name
 * @param files SHA-256 of each file by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
        String kind,
        String base,
        String origin,
        Long run,
        String snapshot,
        String labelled,
        String reward,
        String loss,
        String pooling,
        String dtype,
        String storage,
        Long seed,
        Map<String, Object> spec,
        Map<String, Object> metrics,
        Map<String, Long> tokens,
        Map<String, String> files) {

    /** Manifest of a model that was made elsewhere. */
    public static Manifest imported(String kind, String origin) {
        return new Manifest(
                kind, null, origin, null, null, null, null, null, null, null, null, null, null, Map.of(), Map.of(),
                Map.of());
    }

    Manifest withFiles(Map<String, String> digests) {
        return new Manifest(
                kind, base, origin, run, snapshot, labelled, reward, loss, pooling, dtype, storage, seed, spec, metrics,
                tokens, digests);
    }
}
