package dev.ratchet.team;

import dev.ratchet.project.Groups;
import dev.ratchet.project.Invitations;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Team;
import java.util.List;
import java.util.Map;

/**
 * What the page of a team shows.
 *
 * @param appoints whether the viewer may say who leads
 * @param others who rate without being in the team
 * @param link an invitation that was just made; null for none
 * @param done what was done; null for nothing
 * @param problem what went wrong; null for nothing
 */
record TeamView(
        ProjectHead head,
        boolean open,
        boolean appoints,
        List<Team.Person> members,
        List<Other> others,
        List<Groups.Group> groups,
        List<Invitations.Sent> invitations,
        Map<Long, String> groupNames,
        String link,
        String done,
        String problem) {

    /** Who rates in an open project without being in its team. */
    record Other(long accountId, String login, String name, long ratings) {}

    /** Tags as one types them. */
    public String joined(List<String> words) {
        return String.join(", ", words);
    }

    public boolean isIn(Groups.Group group, Team.Person member) {
        return group.members().contains(member.accountId());
    }

    public String groupName(Long id) {
        return groupNames.getOrDefault(id, "");
    }
}
