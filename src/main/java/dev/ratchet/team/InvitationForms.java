package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Invitations;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.ReviewerTags;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestForm;

/** The forms of invitations on the page of a team. */
@Path("/projects/{slug}/team/invitations")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class InvitationForms {
    @Inject
    Projects projects;

    @Inject
    Invitations invitations;

    @Inject
    TeamViews views;

    @Inject
    CurrentAccount account;

    /** The answer is the page itself: the link is in it, and must not be shown again. */
    @POST
    public Response make(String slug, UriInfo address, @RestForm String role, @RestForm String tags,
            @RestForm String group, @RestForm String days, @RestForm String uses) {
        Project project = projects.require(slug);
        try {
            Long into = group == null || group.isBlank() ? null : (long) whole(group);
            Invitations.Made made = invitations.make(project, account.get(), new Invitations.Wanted(
                    role, ReviewerTags.split(tags), into, whole(days), whole(uses)));
            return views.page(200, project, link(address, made.secret()), null, null);
        } catch (Problem problem) {
            return views.refused(project, problem);
        }
    }

    @POST
    @Path("{id}/revoke")
    public Response revoke(String slug, long id) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            invitations.revoke(project, id);
            return "revoked";
        });
    }

    static String link(UriInfo address, String secret) {
        return address.getBaseUriBuilder().path("invitations").path(secret).build().toString();
    }

    /** 0 where it cannot be read, which is refused as a number that cannot be. */
    private static int whole(String value) {
        return value != null && value.strip().matches("\\d{1,9}") ? Integer.parseInt(value.strip()) : 0;
    }
}
