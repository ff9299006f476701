package dev.ratchet.registry;

import java.util.SortedMap;

/**
 * What the artefact store keeps under one address.
 *
 * @param path relative to the store's root
 * @param digest SHA-256 over the files' names and contents, hexadecimal
 * @param files SHA-256 of each file by its name within the artefact, separated by {@code /}
 */
public record Artefact(String path, String digest, SortedMap<String, String> files) {}
