package dev.ratchet.security;

import java.time.Instant;
import java.util.List;

/** What the pages of accounts show. */
final class AccountView {
    private AccountView() {}

    /**
     * One's own account.
     *
     * @param secret a token that was just made; null for none
     * @param done what was done; null for nothing
     * @param problem what went wrong; null for nothing
     */
    record Own(String name, String login, String role, List<String> roles, List<Token> tokens, String secret,
            String done, String problem) {}

    /** A token without its secret. */
    record Token(long id, String name, String role, Instant expiresAt, Instant lastUsedAt, boolean over) {

        static Token of(ApiToken token, Instant now) {
            return new Token(token.id, token.name, token.role, token.expiresAt, token.lastUsedAt,
                    !token.expiresAt.isAfter(now));
        }
    }

    /**
     * A part of all accounts.
     *
     * @param password one that was just made, to be shown once; null for none
     * @param whose whose password it is
     * @param next what to ask for to see the next part; null at the end
     */
    record All(List<Row> rows, Long next, List<String> roles, String password, String whose, String done,
            String problem) {}

    /** One account. */
    record Row(long id, String login, String name, String role, Instant createdAt, boolean shut, boolean me) {}
}
