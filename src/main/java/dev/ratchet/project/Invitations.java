package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.AuditAction;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Invites people into a project's team by links, of whose secret a digest is kept alone. */
@ApplicationScoped
public class Invitations {
    static final int MOST_DAYS = 90;
    static final int MOST_USES = 500;
    private static final int MOST_OPEN = 100;

    private final Clock clock;
    private final Secrets secrets;
    private final Accounts accounts;
    private final Team team;
    private final ProjectAccess access;
    private final EntityManager entities;
    private final AuditTrail trail;

    Invitations(Clock clock, Secrets secrets, Accounts accounts, Team team, ProjectAccess access,
            EntityManager entities, AuditTrail trail) {
        this.clock = clock;
        this.secrets = secrets;
        this.accounts = accounts;
        this.team = team;
        this.access = access;
        this.entities = entities;
        this.trail = trail;
    }

    /**
     * An invitation to make.
     *
     * @param role in the project: {@code reviewer} or {@code lead}
     * @param groupId the group that people come into; null for none
     * @param days how long it lets people in, 1 to 90
     * @param uses how many it lets in, 1 to 500
     */
    public record Wanted(String role, Collection<String> tags, Long groupId, int days, int uses) {}

    /** An invitation that was just made; the secret is not kept and cannot be shown again. */
    public record Made(Sent invitation, String secret) {}

    /**
     * An invitation as leads see it.
     *
     * @param invitedBy who made it
     * @param cameIn logins of who used it
     * @param open whether it still lets somebody in
     */
    public record Sent(long id, String role, List<String> tags, Long groupId, int uses, int used, String invitedBy,
            List<String> cameIn, Instant createdAt, Instant expiresAt, Instant revokedAt, boolean open) {}

    /** What the link says to who follows it. */
    public record Offer(String slug, String project, String description, String role, String invitedBy,
            Instant expiresAt) {}

    /**
     * Makes an invitation.
     *
     * @throws Problem 403 if the actor may not say who leads; 404 if there is no such group; 409 if too many are open;
     *     422 if the role, tags, days or uses cannot be
     */
    @Transactional
    public Made make(Project project, Account actor, Wanted wanted) {
        Team.checkRole(wanted.role());
        if (wanted.role().equals(Role.LEAD)) {
            Team.requireAppoint(actor);
        }
        if (wanted.days() < 1 || wanted.days() > MOST_DAYS || wanted.uses() < 1 || wanted.uses() > MOST_USES) {
            throw Problem.unprocessable("invalid-invitation", "The invitation cannot be made",
                    "An invitation works for 1 to " + MOST_DAYS + " days and lets 1 to " + MOST_USES + " people in.");
        }
        if (wanted.groupId() != null && ReviewerGroup.find(project.id, wanted.groupId()).isEmpty()) {
            throw Problem.notFound("no-such-group", "There is no such group",
                    "The project has no group " + wanted.groupId() + ".");
        }
        Instant now = clock.instant();
        if (Invitation.of(Team.locked(project).id).stream().filter(sent -> sent.isOpen(now)).count() >= MOST_OPEN) {
            throw Problem.conflict("too-many-invitations", "There are too many invitations",
                    "A project has at most " + MOST_OPEN + " that are open: revoke those that nobody needs.");
        }
        String secret = secrets.fresh("");
        Invitation invitation = new Invitation();
        invitation.projectId = project.id;
        invitation.role = wanted.role();
        invitation.tags = ReviewerTags.read(wanted.tags());
        invitation.groupId = wanted.groupId();
        invitation.digest = Secrets.digest(secret);
        invitation.uses = wanted.uses();
        invitation.createdBy = actor.id;
        invitation.createdAt = now;
        invitation.expiresAt = now.plus(Duration.ofDays(wanted.days()));
        invitation.persistAndFlush();
        trail.record(AuditAction.INVITATION_MADE, project.id, null, Map.of("invitation", invitation.id,
                "role", invitation.role, "uses", invitation.uses, "days", wanted.days()));
        return new Made(sent(invitation), secret);
    }

    /** The project's invitations, newest first. */
    @Transactional
    public List<Sent> list(Project project) {
        return Invitation.of(project.id).stream().map(this::sent).toList();
    }

    /** @throws Problem 404 if the project has no such invitation */
    @Transactional
    public void revoke(Project project, long id) {
        Invitation invitation = Invitation.<Invitation>find("id = ?1 and projectId = ?2", id, project.id)
                .firstResultOptional()
                .orElseThrow(() -> Problem.notFound("no-such-invitation", "There is no such invitation",
                        "The project has no invitation " + id + "."));
        if (invitation.revokedAt == null) {
            invitation.revokedAt = clock.instant();
            trail.record(AuditAction.INVITATION_REVOKED, project.id, null, Map.of("invitation", id));
        }
    }

    /**
     * What an invitation offers.
     *
     * @throws Problem 404 if there is none with the secret; 410 if it lets nobody in any more
     */
    @Transactional
    public Offer offer(String secret) {
        Invitation invitation = Invitation.findByDigest(Secrets.digest(secret)).orElseThrow(Invitations::unknown);
        checkOpen(invitation);
        Project project = Project.findById(invitation.projectId);
        Account inviting = Account.findById(invitation.createdBy);
        return new Offer(project.slug, project.name, project.description, invitation.role, inviting.displayName,
                invitation.expiresAt);
    }

    /**
     * Makes an account for who follows the link, and puts it into the team.
     *
     * @throws Problem as {@link #offer}; 409 and 422 as {@link Accounts#create}
     */
    @Transactional
    public Account signUp(String secret, String login, String displayName, String password) {
        Invitation invitation = opened(secret);
        Account account = accounts.create(new NewAccount(login, displayName, password, Role.REVIEWER));
        letIn(invitation, account);
        return account;
    }

    /**
     * Puts the account of who follows the link into the team.
     *
     * @return the project's slug
     * @throws Problem as {@link #offer}; 409 if the account is in the team, which uses nothing up
     */
    @Transactional
    public String join(String secret, Account account) {
        Invitation invitation = opened(secret);
        letIn(invitation, account);
        return Project.<Project>findById(invitation.projectId).slug;
    }

    private void letIn(Invitation invitation, Account account) {
        Project project = Project.findById(invitation.projectId);
        Account inviting = Account.findById(invitation.createdBy);
        team.join(project, inviting, account, invitation.role, Arrays.asList(invitation.tags),
                invitation.groupId == null ? Map.of("invitation", invitation.id)
                        : Map.of("invitation", invitation.id, "group", invitation.groupId));
        if (invitation.groupId != null) {
            GroupMember.join(invitation.groupId, account.id);
        }
        invitation.used++;
        InvitationUse use = new InvitationUse();
        use.invitationId = invitation.id;
        use.accountId = account.id;
        use.usedAt = clock.instant();
        use.persist();
    }

    /** Locked, so that the last place is given to one person. */
    private Invitation opened(String secret) {
        Invitation invitation = Invitation.lockByDigest(Secrets.digest(secret)).orElseThrow(Invitations::unknown);
        checkOpen(invitation);
        return invitation;
    }

    private void checkOpen(Invitation invitation) {
        if (!invitation.expiresAt.isAfter(clock.instant())) {
            throw gone("invitation-expired", "The invitation ran out");
        }
        if (invitation.used >= invitation.uses) {
            throw gone("invitation-used", "The invitation was used up");
        }
        // It says no more than who made it could say now.
        Account inviting = Account.findById(invitation.createdBy);
        boolean stands = inviting.disabledAt == null
                && access.of(inviting, Project.findById(invitation.projectId)).leads()
                && (invitation.role.equals(Role.REVIEWER) || Team.mayAppoint(inviting));
        if (invitation.revokedAt != null || !stands) {
            throw gone("invitation-revoked", "The invitation was taken back");
        }
    }

    private Sent sent(Invitation invitation) {
        List<?> cameIn = entities.createNativeQuery("select a.login from invitation_use u"
                        + " join account a on a.id = u.account_id where u.invitation_id = :id order by u.used_at, a.id")
                .setParameter("id", invitation.id)
                .getResultList();
        return new Sent(invitation.id, invitation.role, Arrays.asList(invitation.tags), invitation.groupId,
                invitation.uses, invitation.used, Account.<Account>findById(invitation.createdBy).displayName,
                cameIn.stream().map(String.class::cast).toList(), invitation.createdAt, invitation.expiresAt,
                invitation.revokedAt, invitation.isOpen(clock.instant()));
    }

    private static Problem gone(String type, String title) {
        return new Problem(410, type, title, "Ask who sent you the link for a new one. If you have an account already,"
                + " sign in: you may be in the team.");
    }

    private static Problem unknown() {
        return Problem.notFound("no-such-invitation", "There is no such invitation",
                "The link may be cut off: copy all of it, or ask who sent it for a new one.");
    }
}
