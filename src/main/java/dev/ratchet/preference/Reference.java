package dev.ratchet.preference;

import dev.ratchet.lm.LanguageModel;
import java.nio.file.Path;

/**
 * The frozen model that a policy is held to.
 *
 * @param model one with the policy's tokenizer, or null for the policy as it is before the first step (where it has an
 *     adapter: without it)
 * @param version what tells its weights from others', a digest for instance; null to have one computed
 * @param cache folder that keeps its log-probabilities, so that another run on the same data does not compute them
 *     again; null for the folder of the run's checkpoints
 */
public record Reference(LanguageModel model, String version, Path cache) {
    /** The policy as it is before the first step. */
    public static final Reference ITSELF = new Reference(null, null, null);

    public static Reference of(LanguageModel model) {
        return new Reference(model, null, null);
    }

    /** The same, with its log-probabilities kept in a folder under its version. */
    public Reference cachedIn(Path folder, String version) {
        return new Reference(model, version, folder);
    }
}
