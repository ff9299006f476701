package dev.ratchet.examples;

/** What is wrong with one row, which is counted as the lines of its file are, from 1. */
public record Problem(long row, Fault fault, String reason) {
    @Override
    public String toString() {
        return "row " + row + ": " + reason;
    }
}
