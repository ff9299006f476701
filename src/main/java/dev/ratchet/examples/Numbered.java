package dev.ratchet.examples;

/** What was read from a row, and where: rows are counted as the lines of their file are, from 1. */
public record Numbered<T>(long row, T value) {
}
