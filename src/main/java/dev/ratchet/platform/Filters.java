package dev.ratchet.platform;

import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a list is asked for, from an allow-list: a filter that does not exist is refused, for a list that silently
 * ignored it would say something else than it was asked. Empty ones, as forms send them, are absent.
 */
public final class Filters {
    private final UriInfo address;

    private Filters(UriInfo address) {
        this.address = address;
    }

    /** @throws Problem 422 if the address has a parameter that is none of these; says which there are */
    public static Filters of(UriInfo address, String... allowed) {
        Set<String> unknown = new TreeSet<>(address.getQueryParameters().keySet());
        unknown.removeAll(List.of(allowed));
        if (!unknown.isEmpty()) {
            throw Problem.unprocessable("unknown-filter", "There is no such filter",
                    unknown + " cannot be asked for here; what can: " + List.of(allowed) + ".");
        }
        return new Filters(address);
    }

    /** @throws Problem 422 if it holds NUL, which no stored text can have */
    public Optional<String> text(String name) {
        return Optional.ofNullable(address.getQueryParameters().getFirst(name)).filter(value -> !value.isEmpty())
                .map(value -> {
                    if (value.indexOf('\0') >= 0) {
                        throw wrong(name, "a text without NUL");
                    }
                    return value;
                });
    }

    /** @throws Problem 422 if it is none of the words */
    public Optional<String> oneOf(String name, String... words) {
        return text(name).map(value -> {
            if (!List.of(words).contains(value)) {
                throw wrong(name, "one of " + List.of(words));
            }
            return value;
        });
    }

    /** @throws Problem 422 if it is not a whole number */
    public Optional<Long> whole(String name) {
        return text(name).map(value -> {
            try {
                return Long.valueOf(value);
            } catch (NumberFormatException notOne) {
                throw wrong(name, "a whole number");
            }
        });
    }

    /** @throws Problem 422 if it is not a UUID */
    public Optional<UUID> id(String name) {
        return text(name).map(value -> {
            try {
                return UUID.fromString(value);
            } catch (IllegalArgumentException notOne) {
                throw wrong(name, "a UUID");
            }
        });
    }

    /** @throws Problem 422 if it is not a moment in ISO 8601 */
    public Optional<Instant> moment(String name) {
        return text(name).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException notOne) {
                throw wrong(name, "a moment such as 2026-11-28T09:30:00Z");
            }
        });
    }

    private static Problem wrong(String name, String rule) {
        return Problem.unprocessable(
                "invalid-filter", "A filter cannot be read", "'" + name + "' must be " + rule + ".");
    }
}
