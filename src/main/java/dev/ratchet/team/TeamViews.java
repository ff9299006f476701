package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Groups;
import dev.ratchet.project.Invitations;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Team;
import dev.ratchet.security.CurrentAccount;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes the page of a team, for all the forms on it. */
@ApplicationScoped
class TeamViews {
    private static final int MOST_OTHERS = 100;

    /** The type-safe template. */
    @CheckedTemplate(basePath = "TeamPage")
    static class Templates {
        static native TemplateInstance team(TeamView view);
    }

    private final Team team;
    private final Groups groups;
    private final Invitations invitations;
    private final CurrentAccount account;
    private final EntityManager entities;

    TeamViews(Team team, Groups groups, Invitations invitations, CurrentAccount account, EntityManager entities) {
        this.team = team;
        this.groups = groups;
        this.invitations = invitations;
        this.account = account;
        this.entities = entities;
    }

    /** Does what a form asks for and goes back to the page; a refusal is told on the page. */
    Response act(Project project, Supplier<String> act) {
        try {
            String did = act.get();
            return Response.seeOther(URI.create("/projects/" + project.slug + "/team?did=" + did)).build();
        } catch (Problem problem) {
            return refused(project, problem);
        }
    }

    Response refused(Project project, Problem problem) {
        return page(problem.status(), project, null, null, problem.title() + ". " + problem.detail());
    }

    Response page(int status, Project project, String link, String done, String problem) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store")
                .entity(Templates.team(view(project, link, done, problem)).render()).build();
    }

    private TeamView view(Project project, String link, String done, String problem) {
        List<Groups.Group> all = groups.list(project);
        Map<Long, String> names = all.stream().collect(Collectors.toMap(Groups.Group::id, Groups.Group::name));
        Project now = Project.findById(project.id);
        return new TeamView(ProjectHead.of(project), now.open, Team.mayAppoint(account.get()), team.members(project),
                others(project.id), all, invitations.list(project), names, link, done, problem);
    }

    @Transactional
    List<TeamView.Other> others(long project) {
        List<?> rows = entities.createNativeQuery("""
                        select a.id, a.login, a.display_name, count(*)
                          from assignment x
                          join task t on t.id = x.task_id
                          join account a on a.id = x.account_id
                         where t.project_id = :project and x.status = 'rated' and not exists
                               (select 1 from project_member m where m.project_id = :project and m.account_id = a.id)
                         group by a.id order by 4 desc, a.id limit :most""")
                .setParameter("project", project)
                .setParameter("most", MOST_OTHERS)
                .getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new TeamView.Other(((Number) row[0]).longValue(),
                (String) row[1], (String) row[2], ((Number) row[3]).longValue())).toList();
    }
}
