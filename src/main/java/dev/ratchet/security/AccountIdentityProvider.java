package dev.ratchet.security;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Signs in with login and password. */
@ApplicationScoped
public class AccountIdentityProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {
    private final AccountLookup accounts;
    private final SignInThrottle throttle;
    /** Compared with when there is no such login, so that the answer takes as long as with one. */
    private final String nobodysHash = BcryptUtil.bcryptHash(UUID.randomUUID().toString());

    AccountIdentityProvider(AccountLookup accounts, SignInThrottle throttle) {
        this.accounts = accounts;
        this.throttle = throttle;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        String password = new String(request.getPassword().getPassword());
        return context.runBlocking(() -> signIn(request.getUsername(), password));
    }

    private SecurityIdentity signIn(String login, String password) {
        if (!throttle.allows(login)) {
            throw new AuthenticationFailedException("too many attempts");
        }
        Account account = accounts.find(login).orElse(null);
        boolean matches = BcryptUtil.matches(password, account == null ? nobodysHash : account.passwordHash);
        if (account == null || !matches) {
            throttle.failed(login);
            throw new AuthenticationFailedException("wrong login or password");
        }
        if (account.disabledAt != null) {
            throw new AuthenticationFailedException("the account is disabled");
        }
        throttle.succeeded(login);
        return AccountIdentity.of(account);
    }
}
