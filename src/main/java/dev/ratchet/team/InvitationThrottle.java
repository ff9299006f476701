package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.security.SignInThrottle;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Refuses further tries of an address at an invitation for a while after too many that failed: neither made-up links
 * nor made-up logins can be tried out at will. Whoever follows a link that works is not held up by others.
 */
@ApplicationScoped
class InvitationThrottle {
    private final SignInThrottle attempts;

    InvitationThrottle(Clock clock) {
        this.attempts = new SignInThrottle(clock);
    }

    /**
     * Looks at a link; one that works is always shown.
     *
     * @throws Problem what the link is refused with; 429 after too many that were
     */
    <T> T look(String address, Supplier<T> looked) {
        try {
            return looked.get();
        } catch (Problem refused) {
            return attempt(address, "", () -> {
                throw refused;
            });
        }
    }

    /**
     * Lets a try through, and counts it where it fails.
     *
     * @param about what is tried
     * @throws Problem 429 after too many that failed
     */
    <T> T attempt(String address, String about, Supplier<T> attempted) {
        String key = address + " " + about;
        if (!attempts.allows(key)) {
            throw new Problem(429, "too-many-attempts", "There were too many attempts",
                    "Nothing was changed. Wait five minutes and try again.");
        }
        try {
            return attempted.get();
        } catch (Problem failed) {
            attempts.failed(key);
            throw failed;
        }
    }
}
