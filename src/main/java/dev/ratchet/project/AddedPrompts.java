package dev.ratchet.project;

import java.util.List;

/**
 * What became of prompts that were to be added.
 *
 * @param ids the new prompts, in the order given
 * @param duplicates positions (from 0) in the list given of conversations that the project, or the list, had already
 */
public record AddedPrompts(List<Long> ids, List<Integer> duplicates) {}
