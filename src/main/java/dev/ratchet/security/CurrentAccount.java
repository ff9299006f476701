package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Whose request this is. */
@RequestScoped
public class CurrentAccount {
    private final SecurityIdentity identity;

    CurrentAccount(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The signed-in account as it was when the request came; empty on a page that needs none. */
    public Optional<Account> find() {
        return identity.isAnonymous() ? Optional.empty()
                : Optional.of(identity.<Account>getAttribute(AccountIdentity.ACCOUNT));
    }

    /** The login of an account that signed in. */
    public static String login(SecurityIdentity identity) {
        return identity.<Account>getAttribute(AccountIdentity.ACCOUNT).login;
    }

    /** Whether the request came with a token that may do less than its account: a membership adds nothing then. */
    public static boolean isLimited(SecurityIdentity identity) {
        return Boolean.TRUE.equals(identity.getAttribute(AccountIdentity.LIMITED));
    }

    /** What an account's token may do where that is less than the account; empty where nothing is less. */
    public static Optional<String> limit(SecurityIdentity identity) {
        return isLimited(identity)
                ? Optional.of(identity.hasRole(Role.LEAD) ? Role.LEAD : Role.REVIEWER) : Optional.empty();
    }

    /** The role of the account, which is {@link #get}, or the lower one of the token that came. */
    public String role(Account own) {
        return limit(identity).orElse(own.role);
    }

    /** Whether a program sent the request, with a token. */
    boolean isByToken() {
        return Boolean.TRUE.equals(identity.getAttribute(AccountIdentity.BY_TOKEN));
    }

    /**
     * The signed-in account, for what a token must not do: make other tokens, or change a password.
     *
     * @throws Problem 403 where a token signed in
     */
    Account inPerson() {
        if (isByToken()) {
            throw Problem.forbidden("token-not-enough", "A token may not do this",
                    "Sign in with login and password: a token that leaked must not be able to make others.");
        }
        return get();
    }

    /**
     * The signed-in account.
     *
     * @throws UnauthorizedException when nobody is signed in
     */
    public Account get() {
        return find().orElseThrow(UnauthorizedException::new);
    }
}
