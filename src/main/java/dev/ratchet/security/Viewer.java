package dev.ratchet.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Who looks at the page: what the masthead shows, and whether a lead's buttons are there. */
@RequestScoped
@Named("viewer")
public class Viewer {
    /** Attribute of the identity that holds the account's display name. */
    static final String DISPLAY_NAME = "display-name";

    @Inject
    SecurityIdentity identity;

    public boolean isSignedIn() {
        return !identity.isAnonymous();
    }

    /** The name to greet with: it came with the identity, for an error page is made where no database may be asked. */
    public String getDisplayName() {
        String name = identity.getAttribute(DISPLAY_NAME);
        return name == null ? CurrentAccount.login(identity) : name;
    }

    /** Whether the pages of an administrator are shown; the endpoints behind them check for themselves. */
    public boolean isAdministrator() {
        return identity.hasRole(Role.ADMINISTRATOR);
    }

    /** Whether the buttons of a lead are shown; the endpoints behind them check for themselves. */
    public boolean isLead() {
        return identity.hasRole(Role.LEAD) || identity.hasRole(Role.ADMINISTRATOR);
    }
}
