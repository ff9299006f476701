package dev.ratchet.security;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Optional;

/** What a request may do by the account that it came from. */
final class AccountIdentity {

    private AccountIdentity() {}

    /** Looks the account up outside of any request's transaction: identities are made before requests run. */
    static Optional<Account> find(String login) {
        return QuarkusTransaction.requiringNew().call(() -> Account.findByLogin(login));
    }

    static SecurityIdentity of(Account account) {
        if (account == null) {
            throw new AuthenticationFailedException("the account is gone");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account.login))
                .addRoles(Role.implied(account.role))
                .addAttribute(Viewer.DISPLAY_NAME, account.displayName)
                .build();
    }
}
