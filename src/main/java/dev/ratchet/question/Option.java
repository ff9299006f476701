package dev.ratchet.question;

/**
 * Something that may be chosen or scored.
 *
 * @param name what answers and exports say
 * @param title what the page says
 */
public record Option(String name, String title) {
}
