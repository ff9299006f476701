package dev.ratchet.team;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.ReviewerTags;
import dev.ratchet.project.Team;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A project's team for its leads: its members, and whether the project is open to others. */
@Path("/projects/{slug}/team")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TeamPage {
    @Inject
    Projects projects;

    @Inject
    Team team;

    @Inject
    TeamViews views;

    @Inject
    CurrentAccount account;

    @Inject
    TeamMessages words;

    /** @param did that something was done, after a redirect */
    @GET
    public Response show(String slug, @RestQuery String did) {
        return views.page(200, projects.require(slug), null, did == null ? null : words.saved(), null);
    }

    @POST
    @Path("members")
    public Response add(String slug, @RestForm String login, @RestForm String role, @RestForm String tags) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            team.add(project, account.get(), login, role, ReviewerTags.split(tags));
            return "added";
        });
    }

    @POST
    @Path("members/{account}")
    public Response change(String slug, @RestPath("account") long member,
            @RestForm String role, @RestForm String tags) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            team.change(project, account.get(), member, role, tags == null ? null : ReviewerTags.split(tags));
            return "changed";
        });
    }

    @POST
    @Path("members/{account}/remove")
    public Response remove(String slug, @RestPath("account") long member) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            team.remove(project, account.get(), member);
            return "removed";
        });
    }

    @POST
    @Path("open")
    public Response setOpen(String slug, @RestForm boolean open) {
        Project project = projects.require(slug);
        return views.act(project, () -> {
            team.setOpen(project, account.get(), open);
            return open ? "opened" : "closed";
        });
    }
}
