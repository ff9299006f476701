package dev.ratchet.project;

import java.util.Optional;

/**
 * Things that belong to a project but have an address of their own, such as runs by their number: a bean for each kind
 * says whose they are, so that what an account may do in the project holds there too.
 */
public interface OwnAddress {
    /** What stands before the id in the address, below {@code /} and {@code /api/}: {@code runs}. */
    String kind();

    /** The slug of the thing's project; empty where there is no such thing, or the id cannot be one. */
    Optional<String> projectOf(String id);

    /** A number as resources read it from their address: with any sign and script of digits that Java takes. */
    static Optional<Long> number(String id) {
        try {
            return Optional.of(Long.valueOf(id));
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
