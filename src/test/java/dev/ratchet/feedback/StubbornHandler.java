package dev.ratchet.feedback;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails on the ratings that a test names, as a database in trouble would; otherwise does nothing. */
@Singleton
class StubbornHandler implements RatingHandler {
    final Set<UUID> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public void handle(List<RatingEvent> events) {
        if (events.stream().anyMatch(event -> refused.contains(event.ratingId()))) {
            failures.incrementAndGet();
            throw new IllegalStateException("The database is away");
        }
    }
}
