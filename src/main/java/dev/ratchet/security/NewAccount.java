package dev.ratchet.security;

/**
 * An account to make.
 *
 * @param login 2 to 64 of {@code a-z 0-9 . _ -}, unique
 * @param displayName how pages call the person
 * @param password 8 to 72 bytes of UTF-8
 * @param role one of {@link Role}
 */
public record NewAccount(String login, String displayName, String password, String role) {}
