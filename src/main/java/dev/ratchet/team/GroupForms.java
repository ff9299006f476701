package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Groups;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.ReviewerTags;
import dev.ratchet.security.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;

/** The forms of groups on the page of a team. */
@Path("/projects/{slug}/team/groups")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class GroupForms {
    @Inject
    Projects projects;

    @Inject
    Groups groups;

    @Inject
    TeamViews views;

    @POST
    public Response make(String slug, @RestForm String name, @RestForm String tags) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            groups.make(project, name, ReviewerTags.split(tags));
            return "group";
        });
    }

    /** @param member each account that is in the group from now on */
    @POST
    @Path("{id}")
    public Response change(String slug, long id, @RestForm String name, @RestForm String tags,
            @RestForm List<String> member) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            groups.change(project, id, name, ReviewerTags.split(tags),
                    member == null ? List.of() : member.stream().map(GroupForms::account).toList());
            return "group";
        });
    }

    @POST
    @Path("{id}/delete")
    public Response delete(String slug, long id) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            groups.delete(project, id);
            return "deleted";
        });
    }

    private static long account(String value) {
        if (!value.matches("\\d{1,18}")) {
            throw Problem.badRequest("unreadable-form", "The form cannot be read",
                    "A member is not what the page sent. Nothing was changed.");
        }
        return Long.parseLong(value);
    }
}
