package dev.ratchet.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refuses further attempts on a login for a while after too many wrong passwords. */
@ApplicationScoped
public class SignInThrottle {
    static final int ATTEMPTS = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** Bounds the memory that somebody who tries made-up logins can take. */
    private static final int LOGINS = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > LOGINS;
        }
    };

    public SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Whether an attempt may be made now. */
    public synchronized boolean allows(String login) {
        Failures seen = current(login);
        return seen == null || seen.count() < ATTEMPTS;
    }

    public synchronized void failed(String login) {
        Failures seen = current(login);
        failures.put(
                login,
                seen == null ? new Failures(clock.instant(), 1) : new Failures(seen.since(), seen.count() + 1));
    }

    public synchronized void succeeded(String login) {
        failures.remove(login);
    }

    private Failures current(String login) {
        Failures seen = failures.get(login);
        return seen == null || seen.since().plus(WINDOW).isBefore(clock.instant()) ? null : seen;
    }

    private record Failures(Instant since, int count) {}
}
