package dev.ratchet.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private final MovableClock clock = new MovableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void refusesALoginAfterTooManyFailuresAndNoOther() {
        fail("ada", SignInThrottle.ATTEMPTS - 1);
        assertThat(throttle.allows("ada")).isTrue();
        fail("ada", 1);
        assertThat(throttle.allows("ada")).isFalse();
        assertThat(throttle.allows("grace")).isTrue();
    }

    @Test
    void allowsAgainWhenTheWindowHasPassed() {
        fail("ada", SignInThrottle.ATTEMPTS);
        clock.now = clock.now.plus(SignInThrottle.WINDOW).plus(Duration.ofSeconds(1));
        assertThat(throttle.allows("ada")).isTrue();
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        fail("ada", SignInThrottle.ATTEMPTS - 1);
        throttle.succeeded("ada");
        fail("ada", SignInThrottle.ATTEMPTS - 1);
        assertThat(throttle.allows("ada")).isTrue();
    }

    private void fail(String login, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(login);
        }
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
