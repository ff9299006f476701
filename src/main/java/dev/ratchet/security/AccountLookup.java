package dev.ratchet.security;

import dev.ratchet.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Finds the account that a request comes from. It runs before every request, and therefore in plain JDBC. */
@ApplicationScoped
class AccountLookup {
    private final Sql sql;

    AccountLookup(Sql sql) {
        this.sql = sql;
    }

    /** The account with a login, which no transaction watches; empty if there is none. */
    Optional<Account> find(String login) {
        return sql.of("select id, login, display_name, password_hash, role, pseudonym, created_at, disabled_at,"
                        + " sessions_ended from account where login = :login")
                .set("login", login)
                .first(AccountLookup::account);
    }

    private static Account account(ResultSet row) throws SQLException {
        Account account = new Account();
        account.id = row.getLong(1);
        account.login = row.getString(2);
        account.displayName = row.getString(3);
        account.passwordHash = row.getString(4);
        account.role = row.getString(5);
        account.pseudonym = row.getObject(6, UUID.class);
        account.createdAt = instant(row, 7);
        account.disabledAt = instant(row, 8);
        account.sessionsEnded = row.getInt(9);
        return account;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }
}
