package dev.ratchet.training;

import java.util.Map;

/**
 * Where a worker finds what its spec names, as absolute paths.
 *
 * @param models folder by part, see {@link RunSpec#models()}
 * @param snapshot file of pairs; null if none
 */
public record RunInputs(Map<String, String> models, String snapshot) {}
