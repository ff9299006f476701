package dev.ratchet.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each part of a report takes. */
final class Took {
    private final Map<String, Long> millis = Collections.synchronizedMap(new LinkedHashMap<>());

    /** Does a part and remembers its time. */
    <T> T of(String part, Supplier<T> work) {
        long start = System.nanoTime();
        T made = work.get();
        millis.put(part, (System.nanoTime() - start) / 1_000_000);
        return made;
    }

    /** Milliseconds of each part that is done, by its name. */
    Map<String, Long> millis() {
        synchronized (millis) {
            return new LinkedHashMap<>(millis);
        }
    }
}
