package dev.ratchet.platform;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A part of a list.
 *
 * @param items in the list's order
 * @param next what to send as {@code after} for the next part; null at the end
 */
public record Page<T>(List<T> items, Long next) {

    /** Makes a page of at most {@code limit} items from a query that asked for one more than that. */
    public static <T> Page<T> of(List<T> oneMore, int limit, ToLongFunction<T> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        List<T> items = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(items, cursor.applyAsLong(items.get(limit - 1)));
    }
}
