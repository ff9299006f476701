package dev.ratchet.project;

/**
 * A prompt as the project has it.
 *
 * @param split {@code train} or {@code eval}
 * @param added whether the project lacked it until now
 */
public record KeptPrompt(long id, String split, boolean added) {}
