package dev.ratchet.app.demo;

import java.util.List;

/**
 * A field of customer support.
 *
 * @param phrase what a vague reply calls it, after "about"
 */
public record Topic(String id, String phrase, List<Issue> issues) {}
