package dev.ratchet.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the account {@code admin} at the first start. Its random password is printed once and stored nowhere in clear;
 * {@code ratchet.admin-password} sets it instead, at every start: that is the way back in when it is lost.
 */
@ApplicationScoped
class FirstAdministrator {
    static final String LOGIN = "admin";
    private static final int PASSWORD_BYTES = 15;
    /** Any number that nothing else in the application locks: one of several starting nodes makes the account. */
    private static final long LOCK = 0x52617463686574L;

    private final Accounts accounts;
    private final EntityManager entities;
    private final Optional<String> configured;

    FirstAdministrator(
            Accounts accounts,
            EntityManager entities,
            @ConfigProperty(name = "ratchet.admin-password") Optional<String> configured) {
        this.accounts = accounts;
        this.entities = entities;
        this.configured = configured;
    }

    @Transactional
    void ensure(@Observes StartupEvent started) {
        entities.createNativeQuery("select pg_advisory_xact_lock(?1)").setParameter(1, LOCK).getSingleResult();
        boolean exists = Account.findByLogin(LOGIN).isPresent();
        if (exists) {
            // It is the way back in: also where somebody shut the account.
            configured.ifPresent(password -> {
                accounts.changePassword(LOGIN, password);
                accounts.enable(Account.findByLogin(LOGIN).orElseThrow().id);
            });
        } else if (Account.count("role", Role.ADMINISTRATOR) == 0) {
            String password = configured.orElseGet(FirstAdministrator::randomPassword);
            accounts.create(new NewAccount(LOGIN, "Administrator", password, Role.ADMINISTRATOR));
            if (configured.isEmpty()) {
                System.out.println("First start: sign in as \"" + LOGIN + "\" with the password " + password
                        + " (shown only now; --admin-password sets another)");
            }
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
