package dev.ratchet.app.demo;

import java.util.Optional;

/**
 * A customer's message drawn from the scenario.
 *
 * @param text what the customer wrote
 * @param splitGroup the family of wording, {@code issue-id/family-index}
 * @param issueId the issue behind it
 * @param item the product that the message names, if any
 */
public record ScenarioPrompt(String text, String splitGroup, String issueId, Optional<String> item) {}
