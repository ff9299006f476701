package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes accounts and changes what they are. */
@ApplicationScoped
public class Accounts {
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final int MINIMUM_PASSWORD_BYTES = 8;
    /** bcrypt reads no more than this: a longer password would be cut in silence. */
    private static final int MAXIMUM_PASSWORD_BYTES = 72;

    private static final int LONGEST_NAME = 100;

    private final Clock clock;
    private final Secrets secrets;
    private final SignInThrottle throttle;
    private final AuditTrail trail;

    Accounts(Clock clock, Secrets secrets, SignInThrottle throttle, AuditTrail trail) {
        this.clock = clock;
        this.secrets = secrets;
        this.throttle = throttle;
        this.trail = trail;
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
        checkName(wanted.displayName());
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
        trail.record(AuditAction.ACCOUNT_MADE, account.id, Map.of("role", account.role));
        return account;
    }

    /** Accounts in the order in which they were made, after an id, at most {@code limit}. */
    @Transactional
    public List<Account> list(long afterId, int limit) {
        return Account.find("id > ?1 order by id", afterId).page(Page.ofSize(limit)).list();
    }

    /** @throws Problem 404 if there is no account with the id */
    @Transactional
    public Account require(long id) {
        return Account.<Account>findByIdOptional(id).orElseThrow(() -> Problem.notFound(
                "no-such-account", "There is no such account", "No account has the id " + id + "."));
    }

    /** Changes what the account may do, from its next request on. */
    @Transactional
    public Account changeRole(long id, String role) {
        checkRole(role);
        Account account = locked(id);
        if (!role.equals(account.role)) {
            keepAnAdministrator(account);
            setRole(account, role);
        }
        return account;
    }

    /** Shuts the account: its sessions, its password and its tokens stop to work. What it did stays. */
    @Transactional
    public Account disable(long id) {
        Account account = locked(id);
        if (account.disabledAt == null) {
            keepAnAdministrator(account);
            account.disabledAt = clock.instant();
            account.sessionsEnded++;
            trail.record(AuditAction.ACCOUNT_SHUT, id, Map.of());
        }
        return account;
    }

    /** Opens a shut account again. */
    @Transactional
    public Account enable(long id) {
        Account account = locked(id);
        if (account.disabledAt != null) {
            account.disabledAt = null;
            trail.record(AuditAction.ACCOUNT_OPENED, id, Map.of());
        }
        return account;
    }

    /**
     * Gives the account a random password, which ends its sessions and is shown to who asked and stored nowhere in
     * clear.
     */
    @Transactional
    public String resetPassword(long id) {
        String password = secrets.freshPassword();
        setPassword(locked(id), password, AuditAction.PASSWORD_RESET);
        return password;
    }

    /**
     * Changes the account's own password, which ends its sessions: {@link Sessions#renew} keeps the one that asks.
     *
     * @throws Problem 403 if the current one is wrong, 429 after too many wrong ones; 422 if the new one cannot be used
     */
    @Transactional
    public Account changeOwnPassword(Account own, String current, String wanted) {
        if (!throttle.allows(own.login)) {
            throw new Problem(429, "too-many-attempts", "There were too many attempts",
                    "Nothing was changed. Wait five minutes and try again.");
        }
        if (current == null || !BcryptUtil.matches(current, own.passwordHash)) {
            throttle.failed(own.login);
            throw Problem.forbidden("wrong-password", "The current password is wrong",
                    "Nothing was changed. Type the password that you signed in with.");
        }
        throttle.succeeded(own.login);
        Account changed = locked(own.id);
        setPassword(changed, wanted, AuditAction.PASSWORD_CHANGED);
        return changed;
    }

    private Account locked(long id) {
        require(id);
        return Account.findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Nobody could make one again. */
    private static void keepAnAdministrator(Account account) {
        if (account.role.equals(Role.ADMINISTRATOR) && Account.<Account>find(
                        "role = ?1 and disabledAt is null and id <> ?2", Role.ADMINISTRATOR, account.id)
                .withLock(LockModeType.PESSIMISTIC_WRITE).list().isEmpty()) {
            throw Problem.conflict("last-administrator", "This is the last administrator",
                    "Nothing was changed. Make another account an administrator first.");
        }
    }

    /** Sees to it that the account has the password. */
    @Transactional
    public void changePassword(String login, String password) {
        Account account = existing(login);
        if (!BcryptUtil.matches(password, account.passwordHash)) {
            setPassword(account, password, AuditAction.PASSWORD_RESET);
        }
    }

    /** Changes what the account may do, from its next request on. */
    @Transactional
    public void changeRole(String login, String role) {
        checkRole(role);
        setRole(existing(login), role);
    }

    private void setRole(Account account, String role) {
        trail.record(AuditAction.ACCOUNT_ROLE_CHANGED, account.id, Map.of("from", account.role, "to", role));
        account.role = role;
    }

    private void setPassword(Account account, String password, AuditAction action) {
        account.passwordHash = hash(password);
        account.sessionsEnded++;
        trail.record(action, account.id, Map.of());
    }

    private static Account existing(String login) {
        return Account.findByLogin(login).orElseThrow(() -> Problem.notFound(
                "no-such-account", "There is no such account", "No account has the login " + login + "."));
    }

    private static void checkName(String name) {
        if (name != null && (name.strip().length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
            throw Problem.unprocessable("invalid-name", "The name cannot be used",
                    "A name is a line of at most " + LONGEST_NAME + " characters.");
        }
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
