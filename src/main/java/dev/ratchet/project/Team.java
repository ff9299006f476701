package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import dev.ratchet.security.Account;
import dev.ratchet.security.AuditAction;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is in a project's team, and whether the project is closed to others. Leads by their account, and administrators,
 * say who leads; whoever leads in the project says the rest.
 */
@ApplicationScoped
public class Team {
    private static final int MOST_MEMBERS = 5_000;

    private final EntityManager entities;
    private final Clock clock;
    private final Event<TeamChanged> changed;
    private final AuditTrail trail;

    Team(EntityManager entities, Clock clock, Event<TeamChanged> changed, AuditTrail trail) {
        this.entities = entities;
        this.clock = clock;
        this.changed = changed;
        this.trail = trail;
    }

    /**
     * A member of the team.
     *
     * @param role in the project: {@code reviewer} or {@code lead}
     * @param tags languages and skills of their own, without those of their groups
     * @param groups ids of the groups that they are in
     * @param disabled whether the account is shut
     */
    public record Person(long accountId, String login, String name, String role, List<String> tags, List<Long> groups,
            Instant joinedAt, boolean disabled) {

        public boolean isLead() {
            return role.equals(Role.LEAD);
        }
    }

    /** The team in the order in which they joined. */
    @Transactional
    public List<Person> members(Project project) {
        List<?> rows = people(project.id, null, Wanted.ANYBODY, " order by m.joined_at, m.account_id").getResultList();
        return rows.stream().map(row -> person((Object[]) row)).toList();
    }

    /**
     * Which members are meant; what is null does not matter.
     *
     * @param tag a language or skill that they have, by themselves or by a group
     * @param group id of a group that they are in
     */
    public record Wanted(String role, String tag, Long group) {
        static final Wanted ANYBODY = new Wanted(null, null, null);
    }

    /** Members in the order of their accounts, after one, at most {@code limit}. */
    @Transactional
    public List<Person> members(Project project, Wanted wanted, long after, int limit) {
        List<?> rows = people(project.id, null, wanted, " and m.account_id > :after order by m.account_id")
                .setParameter("after", after).setMaxResults(limit).getResultList();
        return rows.stream().map(row -> person((Object[]) row)).toList();
    }

    /** @throws Problem 404 if the account is not in the team */
    @Transactional
    public Person member(Project project, long account) {
        List<?> rows = people(project.id, account, Wanted.ANYBODY, "").getResultList();
        return rows.stream().findFirst().map(row -> person((Object[]) row)).orElseThrow(() -> unknown(account));
    }

    /**
     * Puts an account into the team.
     *
     * @param actor who does it
     * @throws Problem 404 if there is no such account; 409 if it is in the team; 403 if the actor may not say who
     *     leads; 422 if the role or a tag cannot be
     */
    @Transactional
    public Person add(Project project, Account actor, String login, String role, Collection<String> tags) {
        Account account = Account.findByLogin(login == null ? "" : login.strip())
                .orElseThrow(() -> Problem.notFound("no-such-account", "There is no such account",
                        "No account has the login " + login + ": invite the person, or ask an administrator."));
        join(project, actor, account, role, tags, Map.of());
        return member(project, account.id);
    }

    /**
     * What {@link #add} does with an account that is known.
     *
     * @param how what the audit trail says besides
     */
    void join(Project project, Account actor, Account account, String role, Collection<String> tags,
            Map<String, Object> how) {
        Project locked = locked(project);
        checkRole(role);
        if (role.equals(Role.LEAD)) {
            requireAppoint(actor);
        }
        if (Member.find(locked.id, account.id).isPresent()) {
            throw Problem.conflict("already-member", "The account is in the team already",
                    "Change the role and tags of " + account.login + " in the list of members.");
        }
        if (Member.count("projectId", locked.id) >= MOST_MEMBERS) {
            throw Problem.conflict("team-full", "The team is full", "A team has at most " + MOST_MEMBERS + " members.");
        }
        persist(locked, actor, account.id, role, ReviewerTags.read(tags), how);
    }

    /**
     * Changes what a member may do and can judge; what is null stays.
     *
     * @throws Problem 404 if the account is not in the team; 403 if the actor may not say who leads; 409 if a closed
     *     project would be left without a lead; 422 if the role or a tag cannot be
     */
    @Transactional
    public Person change(Project project, Account actor, long account, String role, Collection<String> tags) {
        Project locked = locked(project);
        Member member = Member.find(locked.id, account).orElseThrow(() -> unknown(account));
        if (role != null && !role.equals(member.role)) {
            checkRole(role);
            requireAppoint(actor);
            keepALead(locked, member);
            setRole(member, role);
        }
        if (tags != null) {
            setTags(member, ReviewerTags.read(tags));
        }
        entities.flush();
        return member(project, account);
    }

    /**
     * Takes a member out of the team and its groups; what they rated stays.
     *
     * @throws Problem as {@link #change}
     */
    @Transactional
    public void remove(Project project, Account actor, long account) {
        Project locked = locked(project);
        Member member = Member.find(locked.id, account).orElseThrow(() -> unknown(account));
        if (member.role.equals(Role.LEAD) && !actor.id.equals(account)) {
            requireAppoint(actor);
        }
        keepALead(locked, member);
        GroupMember.delete("accountId = ?1 and groupId in (select g.id from ReviewerGroup g where g.projectId = ?2)",
                account, locked.id);
        member.delete();
        trail.record(AuditAction.MEMBER_REMOVED, locked.id, account, Map.of("role", member.role));
        entities.flush();
        changed.fire(new TeamChanged(locked.id));
    }

    /** Opens the project to every account, or closes it; who closes one becomes a lead of its team. */
    @Transactional
    public void setOpen(Project project, Account actor, boolean open) {
        Project locked = locked(project);
        if (locked.open == open) {
            return;
        }
        locked.open = open;
        trail.record(open ? AuditAction.PROJECT_OPENED : AuditAction.PROJECT_CLOSED, locked.id, null, Map.of());
        if (!open && !actor.role.equals(Role.ADMINISTRATOR)) {
            Member.find(locked.id, actor.id).ifPresentOrElse(member -> setRole(member, Role.LEAD),
                    () -> persist(locked, actor, actor.id, Role.LEAD, new String[0], Map.of()));
        }
        entities.flush();
        changed.fire(new TeamChanged(locked.id));
    }

    /** Whether the account may say who leads a team. */
    public static boolean mayAppoint(Account actor) {
        return !actor.role.equals(Role.REVIEWER);
    }

    static void requireAppoint(Account actor) {
        if (!mayAppoint(actor)) {
            throw Problem.forbidden("cannot-appoint", "You may not say who leads",
                    "Nothing was changed. Ask somebody whose account is a lead's or an administrator's.");
        }
    }

    static void checkRole(String role) {
        if (!Role.REVIEWER.equals(role) && !Role.LEAD.equals(role)) {
            throw Problem.unprocessable("invalid-role", "There is no such role",
                    "In a team one is " + Role.REVIEWER + " or " + Role.LEAD + ".");
        }
    }

    static Project locked(Project project) {
        return Project.findById(project.id, LockModeType.PESSIMISTIC_WRITE);
    }

    private void setRole(Member member, String role) {
        if (!role.equals(member.role)) {
            trail.record(AuditAction.MEMBER_ROLE_CHANGED, member.projectId, member.accountId,
                    Map.of("from", member.role, "to", role));
            member.role = role;
        }
    }

    private void setTags(Member member, String[] tags) {
        if (!Arrays.equals(tags, member.tags)) {
            trail.record(AuditAction.MEMBER_TAGS_CHANGED, member.projectId, member.accountId,
                    Map.of("from", member.tags, "to", tags));
            member.tags = tags;
        }
    }

    private void persist(Project project, Account actor, long account, String role, String[] tags,
            Map<String, Object> how) {
        Member member = new Member();
        member.projectId = project.id;
        member.accountId = account;
        member.role = role;
        member.tags = tags;
        member.joinedAt = clock.instant();
        member.addedBy = actor.id;
        member.persistAndFlush();
        Map<String, Object> said = new TreeMap<>(how);
        said.put("role", role);
        said.put("tags", tags);
        trail.record(AuditAction.MEMBER_ADDED, project.id, account, said);
    }

    /** Only administrators could get into a closed project without one. */
    private static void keepALead(Project project, Member leaving) {
        if (!project.open && leaving.role.equals(Role.LEAD) && Member.count(
                "projectId = ?1 and role = 'lead' and accountId <> ?2", project.id, leaving.accountId) == 0) {
            throw Problem.conflict("last-lead", "This is the last lead of a closed project",
                    "Nothing was changed. Make another member lead first, or open the project.");
        }
    }

    private Query people(long project, Long account, Wanted wanted, String rest) {
        return entities.createNativeQuery("""
                        select m.account_id, a.login, a.display_name, m.role, array_to_string(m.tags, ' '),
                               (select string_agg(cast(x.group_id as text), ' ' order by x.group_id)
                                  from reviewer_group_member x join reviewer_group g on g.id = x.group_id
                                 where x.account_id = m.account_id and g.project_id = m.project_id),
                               m.joined_at, a.disabled_at is not null
                          from project_member m join account a on a.id = m.account_id
                         where m.project_id = :project and (cast(:account as bigint) is null or m.account_id = :account)
                           and (cast(:role as text) is null or m.role = :role)
                           and (cast(:tag as text) is null or :tag = any(m.tags) or exists
                                (select 1 from reviewer_group_member x join reviewer_group g on g.id = x.group_id
                                  where x.account_id = m.account_id and g.project_id = m.project_id
                                    and :tag = any(g.tags)))
                           and (cast(:group as bigint) is null or exists
                                (select 1 from reviewer_group_member x join reviewer_group g on g.id = x.group_id
                                  where x.account_id = m.account_id and g.project_id = m.project_id and g.id = :group))
                        """ + rest)
                .setParameter("project", project)
                .setParameter("account", account)
                .setParameter("role", wanted.role())
                .setParameter("tag", wanted.tag())
                .setParameter("group", wanted.group());
    }

    private static Person person(Object[] row) {
        return new Person(((Number) row[0]).longValue(), (String) row[1], (String) row[2], (String) row[3],
                words((String) row[4]), words((String) row[5]).stream().map(Long::valueOf).toList(), (Instant) row[6],
                (Boolean) row[7]);
    }

    static List<String> words(String joined) {
        return joined == null || joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" "));
    }

    static Problem unknown(long account) {
        return Problem.notFound("no-such-member", "There is no such member",
                "The team has no account " + account + ": look at the list of members.");
    }
}
