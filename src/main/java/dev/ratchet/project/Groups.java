package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import dev.ratchet.security.AuditAction;
import dev.ratchet.security.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups of a project's team. */
@ApplicationScoped
public class Groups {
    private static final int MOST = 200;
    private static final int LONGEST_NAME = 80;

    private final EntityManager entities;
    private final AuditTrail trail;

    Groups(EntityManager entities, AuditTrail trail) {
        this.entities = entities;
        this.trail = trail;
    }

    /**
     * A group.
     *
     * @param tags languages and skills that each of its members has by being in it
     * @param members ids of accounts
     */
    public record Group(long id, String name, List<String> tags, List<Long> members) {}

    /** The groups by name. */
    @Transactional
    public List<Group> list(Project project) {
        return groups(project.id, null);
    }

    /** @throws Problem 404 if the project has no such group */
    @Transactional
    public Group require(Project project, long id) {
        return groups(project.id, id).stream().findFirst().orElseThrow(() -> unknown(id));
    }

    /**
     * Makes a group.
     *
     * @throws Problem 409 if the name is taken or there are too many; 422 if the name or a tag cannot be
     */
    @Transactional
    public Group make(Project project, String name, Collection<String> tags) {
        Project locked = Team.locked(project);
        ReviewerGroup group = new ReviewerGroup();
        group.projectId = locked.id;
        group.name = free(locked, name, null);
        group.tags = ReviewerTags.read(tags);
        if (ReviewerGroup.count("projectId", locked.id) >= MOST) {
            throw Problem.conflict("too-many-groups", "There are too many groups",
                    "A project has at most " + MOST + ": delete those that nobody uses.");
        }
        group.persistAndFlush();
        record(AuditAction.GROUP_MADE, group, null);
        return require(project, group.id);
    }

    /**
     * Changes a group; what is null stays.
     *
     * @param members ids of accounts of the team, in place of those that are in it
     * @throws Problem 404 if the project has no such group; 409 if the name is taken; 422 if the name or a tag cannot
     *     be, or somebody is not in the team
     */
    @Transactional
    public Group change(Project project, long id, String name, Collection<String> tags, Collection<Long> members) {
        Project locked = Team.locked(project);
        ReviewerGroup group = ReviewerGroup.find(locked.id, id).orElseThrow(() -> unknown(id));
        String named = name == null ? group.name : free(locked, name, id);
        String[] tagged = tags == null ? group.tags : ReviewerTags.read(tags);
        if (!named.equals(group.name) || !Arrays.equals(tagged, group.tags)) {
            group.name = named;
            group.tags = tagged;
            record(AuditAction.GROUP_CHANGED, group, null);
        }
        if (members != null) {
            put(locked, group, new HashSet<>(members));
        }
        entities.flush();
        return require(project, id);
    }

    /** @throws Problem 404 if the project has no such group */
    @Transactional
    public void delete(Project project, long id) {
        ReviewerGroup group = ReviewerGroup.find(Team.locked(project).id, id).orElseThrow(() -> unknown(id));
        GroupMember.delete("groupId", id);
        group.delete();
        record(AuditAction.GROUP_DELETED, group, null);
    }

    private void record(AuditAction action, ReviewerGroup group, Long member) {
        trail.record(action, group.projectId, member, member == null
                ? Map.of("group", group.id, "name", group.name, "tags", group.tags)
                : Map.of("group", group.id, "name", group.name));
    }

    private void put(Project project, ReviewerGroup group, Set<Long> members) {
        Set<Long> team = new HashSet<>();
        Member.of(project.id).forEach(member -> team.add(member.accountId));
        if (!team.containsAll(members)) {
            throw Problem.unprocessable("not-in-team", "Somebody is not in the team",
                    "Nothing was changed. Put people into the team first, then into groups.");
        }
        Set<Long> before = GroupMember.accounts(group.id);
        before.stream().filter(account -> !members.contains(account)).forEach(account -> {
            GroupMember.delete("groupId = ?1 and accountId = ?2", group.id, account);
            record(AuditAction.GROUP_LEFT, group, account);
        });
        members.stream().filter(account -> !before.contains(account)).forEach(account -> {
            GroupMember.join(group.id, account);
            record(AuditAction.GROUP_JOINED, group, account);
        });
    }

    /** The name as it is stored, if no other group has it. */
    private static String free(Project project, String name, Long own) {
        String wanted = name == null ? "" : name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME || wanted.chars().anyMatch(Character::isISOControl)) {
            throw Problem.unprocessable("invalid-group", "The group cannot be made",
                    "A group has a name of 1 to " + LONGEST_NAME + " characters.");
        }
        ReviewerGroup.<ReviewerGroup>find("projectId = ?1 and name = ?2", project.id, wanted).firstResultOptional()
                .filter(other -> !other.id.equals(own))
                .ifPresent(taken -> {
                    throw Problem.conflict("group-exists", "The group exists",
                            "The project has a group " + wanted + " already: choose another name.");
                });
        return wanted;
    }

    private List<Group> groups(long project, Long id) {
        List<?> rows = entities.createNativeQuery("""
                        select g.id, g.name, array_to_string(g.tags, ' '),
                               (select string_agg(cast(x.account_id as text), ' ' order by x.account_id)
                                  from reviewer_group_member x where x.group_id = g.id)
                          from reviewer_group g
                         where g.project_id = :project and (cast(:id as bigint) is null or g.id = :id)
                         order by g.name, g.id""")
                .setParameter("project", project)
                .setParameter("id", id)
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new Group(((Number) row[0]).longValue(),
                (String) row[1], Team.words((String) row[2]),
                Team.words((String) row[3]).stream().map(Long::valueOf).toList())).toList();
    }

    private static Problem unknown(long id) {
        return Problem.notFound("no-such-group", "There is no such group", "The project has no group " + id + ".");
    }
}
