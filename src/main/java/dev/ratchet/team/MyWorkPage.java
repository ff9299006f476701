package dev.ratchet.team;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** A reviewer's own page in a project: they see themselves alone. */
@Path("/projects/{slug}/me")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class MyWorkPage {
    @Inject
    Projects projects;

    @Inject
    WorkViews views;

    @Inject
    Notes notes;

    @Inject
    CurrentAccount account;

    @GET
    public Response show(String slug) {
        return views.page(200, projects.require(slug), account.get(), true, null, null, null);
    }

    @POST
    @Path("notes/{id}/read")
    public Response markRead(String slug, long id) {
        Project project = projects.require(slug);
        notes.markRead(project, account.get(), id);
        return Response.seeOther(URI.create("/projects/" + slug + "/me#notes")).build();
    }
}
