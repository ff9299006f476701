package dev.ratchet.task;

import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** How far a project's queue is, for programs. */
@Path("/api/projects/{slug}/progress")
@Tag(name = "Rating")
@Produces(MediaType.APPLICATION_JSON)
public class ProgressApi {
    private final Projects projects;
    private final RatingDesk desk;
    private final CurrentAccount account;

    ProgressApi(Projects projects, RatingDesk desk, CurrentAccount account) {
        this.projects = projects;
        this.desk = desk;
        this.account = account;
    }

    @GET
    @NoCache
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "How far the project's queue is, seen by the account")
    public QueueProgress show(@RestPath String slug) {
        return desk.progress(account.get(), projects.require(slug));
    }
}
