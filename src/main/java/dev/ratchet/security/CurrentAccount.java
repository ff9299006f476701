package dev.ratchet.security;

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

    /** The signed-in account; empty on a page that needs none. */
    public Optional<Account> find() {
        return identity.isAnonymous() ? Optional.empty() : Account.findByLogin(identity.getPrincipal().getName());
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
