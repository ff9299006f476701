package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A reviewer's work as a lead sees it, with the notes to them. */
@Path("/projects/{slug}/team/{account: \\d{1,18}}")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ReviewerPage {
    @Inject
    Projects projects;

    @Inject
    WorkViews views;

    @Inject
    Notes notes;

    @Inject
    CurrentAccount account;

    @Inject
    TeamMessages words;

    /** @param did that a note was sent, after a redirect */
    @GET
    public Response show(String slug, @RestPath("account") long reviewer, @RestQuery String did) {
        Project project = projects.require(slug);
        return views.page(200, project, views.reviewer(project, reviewer), false,
                did == null ? null : words.noteSent(), null, null);
    }

    @POST
    @Path("notes")
    public Response write(String slug, @RestPath("account") long reviewer, @RestForm String text) {
        Project project = projects.require(slug);
        Account whose = views.reviewer(project, reviewer);
        try {
            notes.write(project, account.get(), reviewer, text);
            return Response.seeOther(URI.create("/projects/" + slug + "/team/" + reviewer + "?did=note")).build();
        } catch (Problem problem) {
            return views.page(problem.status(), project, whose, false, null, problem.detail(), text);
        }
    }
}
