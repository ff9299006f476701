package dev.ratchet.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Recognises who signed in before, by the encrypted session cookie. */
@ApplicationScoped
public class SessionIdentityProvider implements IdentityProvider<TrustedAuthenticationRequest> {
    private final AccountLookup accounts;
    private final Sessions sessions;

    SessionIdentityProvider(AccountLookup accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @Override
    public Class<TrustedAuthenticationRequest> getRequestType() {
        return TrustedAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TrustedAuthenticationRequest request, AuthenticationRequestContext context) {
        RoutingContext asked = HttpSecurityUtils.getRoutingContextAttribute(request);
        return context.runBlocking(() -> goOn(request.getPrincipal(), asked));
    }

    private SecurityIdentity goOn(String session, RoutingContext asked) {
        Account account = accounts.find(Sessions.login(session))
                .filter(found -> Sessions.name(found).equals(session)).orElse(null);
        if (account == null && asked != null) {
            sessions.forget(asked);
        }
        return AccountIdentity.of(account);
    }
}
