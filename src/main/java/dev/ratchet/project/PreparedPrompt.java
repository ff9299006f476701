package dev.ratchet.project;

import java.util.List;

/**
 * A prompt in the form in which it is kept: what costs time and needs no database, done before the transaction.
 *
 * @param messages its conversation as JSON
 * @param splitGroup the normalised split group
 * @param split {@code train} or {@code eval}
 * @param tags languages and skills that its reviewers need, lower case words
 * @param digest SHA-256 of the messages, in hexadecimal
 */
public record PreparedPrompt(String messages, String splitGroup, String split, List<String> tags, String digest) {}
