package dev.ratchet.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.HashSet;
import java.util.Set;

/** What a request may do by the account that it came from. */
final class AccountIdentity {
    /** Attribute of the identity: the {@link Account} as it was when the request came. */
    static final String ACCOUNT = "account";

    /** Attribute of the identity: whether it is a program's that came with a token. */
    static final String BY_TOKEN = "by-token";

    /** Attribute of the identity: whether it may do less than its account, so that no membership adds to it. */
    static final String LIMITED = "limited-by-token";

    private AccountIdentity() {}

    static SecurityIdentity of(Account account) {
        return builder(account).addRoles(Role.implied(account.role)).build();
    }

    /** What a call with the account's token may do: the less of what the two may. */
    static SecurityIdentity of(Account account, ApiToken token) {
        Set<String> roles = new HashSet<>(Role.implied(token.role));
        roles.retainAll(Role.implied(account == null ? null : account.role));
        return builder(account).addRoles(roles)
                .addAttribute(BY_TOKEN, true)
                .addAttribute(LIMITED, !token.role.equals(account.role))
                .build();
    }

    private static QuarkusSecurityIdentity.Builder builder(Account account) {
        if (account == null || account.disabledAt != null) {
            throw new AuthenticationFailedException("the account is gone");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(Sessions.name(account)))
                .addAttribute(ACCOUNT, account)
                .addAttribute(Viewer.DISPLAY_NAME, account.displayName);
    }
}
