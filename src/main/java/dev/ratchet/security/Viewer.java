package dev.ratchet.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Who looks at the page: what the masthead shows, and whether a lead's buttons are there. */
@RequestScoped
@Named("viewer")
public class Viewer {
    @Inject
    SecurityIdentity identity;

    private String displayName;

    public boolean isSignedIn() {
        return !identity.isAnonymous();
    }

    /** The name to greet with; the login where the account has gone. */
    public String getDisplayName() {
        if (displayName == null && isSignedIn()) {
            String login = identity.getPrincipal().getName();
            displayName = Account.findByLogin(login).map(account -> account.displayName).orElse(login);
        }
        return displayName;
    }

    /** Whether the buttons of a lead are shown; the endpoints behind them check for themselves. */
    public boolean isLead() {
        return identity.hasRole(Role.LEAD) || identity.hasRole(Role.ADMINISTRATOR);
    }
}
