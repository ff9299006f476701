package dev.ratchet.project;

/** A project's team was changed, or the project closed: who is out of it may hold something that must be given back. */
public record TeamChanged(long projectId) {}
