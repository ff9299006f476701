package dev.ratchet.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.Sql;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What an account may do in a project. In an open one every account rates, and leads where its own role or its
 * membership says so; in a closed one its membership alone counts. An administrator may do everything everywhere.
 */
@ApplicationScoped
public class ProjectAccess {
    /** As the entity's column is read, whatever the HTTP interface does to its JSON. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sql sql;

    ProjectAccess(Sql sql) {
        this.sql = sql;
    }

    /**
     * The answer for one account and one project.
     *
     * @param project the project as it was when the request came
     * @param rates whether the account may see the project and rate in it
     * @param leads whether it may do what a lead does in it
     */
    public record Granted(Project project, boolean rates, boolean leads) {

        static Granted of(Project project, String accountRole, String memberRole) {
            boolean administrator = Role.ADMINISTRATOR.equals(accountRole);
            boolean leads = administrator || Role.LEAD.equals(memberRole)
                    || project.open && Role.LEAD.equals(accountRole);
            return new Granted(project, administrator || project.open || memberRole != null, leads);
        }
    }

    /** What the account of an identity may do in the project with a slug; empty where one of the two is not there. */
    Optional<Granted> of(SecurityIdentity identity, String slug) {
        Optional<String> limit = CurrentAccount.limit(identity);
        // It runs before every request: in one statement, and in plain JDBC.
        return sql.of("""
                        select p.id, p.slug, p.name, p.description, p.instructions_version, p.overlap,
                               cast(p.settings as text), p.open, p.aggregation, p.created_at, a.role, m.role
                          from project p
                          join account a on a.login = :login
                          left join project_member m on m.project_id = p.id and m.account_id = a.id
                         where p.slug = :slug""")
                .set("login", CurrentAccount.login(identity))
                .set("slug", slug)
                .first(row -> Granted.of(project(row), limit.orElse(row.getString(11)), row.getString(12)));
    }

    private static Project project(ResultSet row) throws SQLException {
        Project project = new Project();
        project.id = row.getLong(1);
        project.slug = row.getString(2);
        project.name = row.getString(3);
        project.description = row.getString(4);
        project.instructionsVersion = row.getInt(5);
        project.overlap = row.getInt(6);
        project.settings = settings(row.getString(7));
        project.open = row.getBoolean(8);
        project.aggregation = row.getString(9);
        project.createdAt = row.getObject(10, OffsetDateTime.class).toInstant();
        return project;
    }

    private static ProjectSettings settings(String stored) {
        try {
            return JSON.readValue(stored, ProjectSettings.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What is stored is not what was written", failure);
        }
    }

    /** What the account may do in the project. */
    @Transactional
    public Granted of(Account account, Project project) {
        return of(account, account.role, project);
    }

    /** What whoever asks may do in the project: the account, or less with a token. */
    @Transactional
    public Granted of(CurrentAccount caller, Project project) {
        Account account = caller.get();
        return of(account, caller.role(account), project);
    }

    private static Granted of(Account account, String role, Project project) {
        return Granted.of(project, role,
                Member.find(project.id, account.id).map(member -> member.role).orElse(null));
    }

    /** @throws Problem 403 if the account may not see the project and rate in it */
    @Transactional
    public void requireRate(Account account, Project project) {
        requireRate(of(account, project));
    }

    /** @throws Problem 403 if the account may not do what a lead does in the project */
    @Transactional
    public void requireLead(Account account, Project project) {
        Granted granted = of(account, project);
        requireRate(granted);
        if (!granted.leads()) {
            throw Problem.forbidden("not-a-lead", "Only a lead of the project may do this",
                    "Ask a lead of " + project.slug + " to do it, or to make you a lead of its team.");
        }
    }

    static void requireRate(Granted granted) {
        if (!granted.rates()) {
            throw Problem.forbidden("not-a-member", "The project is closed",
                    "Only its team works in " + granted.project().slug + ": ask a lead of it for an invitation.");
        }
    }
}
