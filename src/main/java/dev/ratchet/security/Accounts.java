package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes accounts and changes what they are. */
@ApplicationScoped
public class Accounts {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final int MINIMUM_PASSWORD_BYTES = 8;
    /** bcrypt reads no more than this: a longer password would be cut in silence. */
    private static final int MAXIMUM_PASSWORD_BYTES = 72;

    private final Clock clock;

    Accounts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes an account under a fresh pseudonym.
     *
     * @throws Problem 422 when login, password or role is not as {@link NewAccount} says; 409 when the login is taken
     */
    @Transactional
    public Account create(NewAccount wanted) {
        if (wanted.login() == null || !LOGIN.matcher(wanted.login()).matches()) {
            throw Problem.unprocessable("invalid-login", "The login cannot be used",
                    "A login is 2 to 64 lower-case letters, digits, dots, dashes or underscores,"
                            + " the first a letter or digit.");
        }
        checkRole(wanted.role());
        if (Account.findByLogin(wanted.login()).isPresent()) {
            throw Problem.conflict("login-taken", "The login is taken",
                    "Choose another login than " + wanted.login() + ".");
        }
        Account account = new Account();
        account.login = wanted.login();
        account.displayName = wanted.displayName() == null || wanted.displayName().isBlank()
                ? wanted.login() : wanted.displayName().strip();
        account.passwordHash = hash(wanted.password());
        account.role = wanted.role();
        account.pseudonym = UUID.randomUUID();
        account.createdAt = clock.instant();
        account.persist();
        return account;
    }

    /** Changes the password; sessions that are open stay open. */
    @Transactional
    public void changePassword(String login, String password) {
        existing(login).passwordHash = hash(password);
    }

    /** Changes what the account may do, from its next request on. */
    @Transactional
    public void changeRole(String login, String role) {
        checkRole(role);
        existing(login).role = role;
    }

    private static Account existing(String login) {
        return Account.findByLogin(login).orElseThrow(() -> Problem.notFound(
                "no-such-account", "There is no such account", "No account has the login " + login + "."));
    }

    private static void checkRole(String role) {
        if (role == null || Role.implied(role).isEmpty()) {
            throw Problem.unprocessable("invalid-role", "There is no such role",
                    "A role is one of " + List.of(Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR) + ".");
        }
    }

    private static String hash(String password) {
        int bytes = password == null ? 0 : password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < MINIMUM_PASSWORD_BYTES || bytes > MAXIMUM_PASSWORD_BYTES) {
            throw Problem.unprocessable("invalid-password", "The password cannot be used",
                    "A password is " + MINIMUM_PASSWORD_BYTES + " to " + MAXIMUM_PASSWORD_BYTES + " bytes long.");
        }
        return BcryptUtil.bcryptHash(password);
    }
}
