package dev.ratchet.task;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** A project's rating queue, for programs: an empty answer (204) means that there is nothing for the account. */
@Path("/api/projects/{slug}/queue")
@Tag(name = "Rating")
@Produces(MediaType.APPLICATION_JSON)
public class QueueApi {
    private final Projects projects;
    private final RatingDesk desk;
    private final CurrentAccount account;

    QueueApi(Projects projects, RatingDesk desk, CurrentAccount account) {
        this.projects = projects;
        this.desk = desk;
        this.account = account;
    }

    @GET
    @Path("/next")
    @NoCache
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Lease the next task, or show the one that is leased already")
    @APIResponse(responseCode = "200", description = "The task")
    @APIResponse(responseCode = "204", description = "No task is left for the account")
    public LeasedTask next(@RestPath String slug) {
        return desk.lease(account.get(), projects.require(slug)).orElse(null);
    }

    @POST
    @Path("/undo")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Withdraw one's last rating and lease its task again",
            description = "With rating, the id of the one that is meant, sending the same again withdraws nothing"
                    + " more and answers the same task; without it, each call withdraws the last rating that stands.")
    @APIResponse(responseCode = "200", description = "The task")
    @APIResponse(responseCode = "204", description = "There is no rating to undo")
    @APIResponse(responseCode = "403", description = "The rating is somebody else's")
    @APIResponse(responseCode = "404", description = "The project has no such rating")
    @APIResponse(responseCode = "409", description = "The rating is not one's last one any more")
    public LeasedTask undo(@RestPath String slug, @QueryParam("rating") UUID rating) {
        Project project = projects.require(slug);
        return rating == null
                ? desk.undo(account.get(), project).orElse(null)
                : desk.undo(account.get(), project, rating);
    }

    @GET
    @Path("/history")
    @NoCache
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "One's own last ratings, newest first")
    public List<MyRating> history(@RestPath String slug, @QueryParam("limit") @DefaultValue("20") int limit) {
        return desk.history(account.get(), projects.require(slug), limit);
    }
}
