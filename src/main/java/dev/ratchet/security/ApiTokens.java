package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes, finds and revokes the tokens of accounts. */
@ApplicationScoped
public class ApiTokens {
    /** What every token starts with, so that scanners for leaked secrets know one. */
    static final String PREFIX = "rtk_";

    static final int MOST_DAYS = 366;
    private static final int MOST_TOKENS = 50;
    private static final int LONGEST_NAME = 80;
    /** A token that is used all the time writes no row each time. */
    private static final Duration USE_STEP = Duration.ofMinutes(1);

    private final Clock clock;
    private final Secrets secrets;
    private final AuditTrail trail;

    ApiTokens(Clock clock, Secrets secrets, AuditTrail trail) {
        this.clock = clock;
        this.secrets = secrets;
        this.trail = trail;
    }

    /** A token that was just made; the secret is not kept and cannot be shown again. */
    record Made(ApiToken token, String secret) {}

    /** Whom a token acts for. */
    record Found(Account account, ApiToken token) {}

    /**
     * Makes a token.
     *
     * @param role what it may do at most: the account's role or less
     * @param days how long it works, 1 to 366
     * @throws Problem 422 when the name, role or days cannot be; 409 when the account has too many
     */
    @Transactional
    Made create(Account account, String name, String role, int days) {
        String named = name == null ? "" : name.strip();
        if (named.isEmpty() || named.length() > LONGEST_NAME || named.chars().anyMatch(Character::isISOControl)) {
            throw Problem.unprocessable("invalid-token", "The token cannot be made",
                    "Name it in 1 to " + LONGEST_NAME + " characters, after the program that will use it.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.unprocessable("invalid-token", "The token cannot be made",
                    "A token works for 1 to " + MOST_DAYS + " days: make a new one after that.");
        }
        if (role == null || !Role.implied(account.role).contains(role)) {
            throw Problem.unprocessable("invalid-token", "The token cannot be made",
                    "A token may do what your account may, or less: its role is one of "
                            + Role.upTo(account.role) + ".");
        }
        if (ApiToken.of(account.id).size() >= MOST_TOKENS) {
            throw Problem.conflict("too-many-tokens", "There are too many tokens",
                    "An account has at most " + MOST_TOKENS + ": revoke those that nobody uses.");
        }
        String secret = secrets.fresh(PREFIX);
        ApiToken token = new ApiToken();
        token.accountId = account.id;
        token.name = named;
        token.role = role;
        token.digest = Secrets.digest(secret);
        token.createdAt = clock.instant();
        token.expiresAt = token.createdAt.plus(Duration.ofDays(days));
        token.persist();
        trail.record(AuditAction.TOKEN_MADE, account.id, Map.of("token", token.id, "role", role, "days", days));
        return new Made(token, secret);
    }

    /** The account's tokens that were not revoked, newest first. */
    @Transactional
    List<ApiToken> list(Account account) {
        return ApiToken.of(account.id);
    }

    /** @throws Problem 404 where the account has no such token */
    @Transactional
    void revoke(Account account, long id) {
        ApiToken token = ApiToken.<ApiToken>find("id = ?1 and accountId = ?2", id, account.id).firstResultOptional()
                .orElseThrow(() -> Problem.notFound("unknown-token", "There is no such token",
                        "Your account has no token " + id + ": the page Account lists them."));
        if (token.revokedAt == null) {
            token.revokedAt = clock.instant();
            trail.record(AuditAction.TOKEN_REVOKED, account.id, Map.of("token", id));
        }
    }

    /** Whom a secret acts for, which it is then marked to have done; empty where it does not work or not any more. */
    @Transactional
    Optional<Found> use(String secret) {
        Instant now = clock.instant();
        Optional<ApiToken> found = ApiToken.findByDigest(Secrets.digest(secret))
                .filter(token -> token.revokedAt == null && token.expiresAt.isAfter(now));
        found.filter(token -> token.lastUsedAt == null || token.lastUsedAt.plus(USE_STEP).isBefore(now))
                .ifPresent(token -> token.lastUsedAt = now);
        return found.map(token -> new Found(Account.findById(token.accountId), token));
    }
}
