package dev.ratchet.quality;

/** Who rated, as leads see them. */
public record Reviewer(long id, String name) {}
