package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** Gold and calibration tasks, for programs. */
@Path("/api/projects/{slug}")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GoldApi {
    private final Projects projects;
    private final GoldDesk desk;
    private final GoldResults results;
    private final CurrentAccount account;

    GoldApi(Projects projects, GoldDesk desk, GoldResults results, CurrentAccount account) {
        this.projects = projects;
        this.desk = desk;
        this.results = results;
        this.account = account;
    }

    /** The right answers to a task; the explanation may be absent. */
    public record GoldRequest(@NotNull String purpose, @NotNull JsonNode answers, String explanation) {}

    /** A task with its right answers. */
    public record GoldJson(long taskId, String purpose, List<Answer> responses, JsonNode answers, String explanation) {
        static GoldJson of(GoldTask shown) {
            GoldAnswer gold = shown.gold();
            return new GoldJson(shown.task().id, shown.task().purpose, shown.responses(),
                    gold == null ? null : gold.answers, gold == null ? null : gold.explanation);
        }
    }

    @GET
    @Path("/tasks/{id}/gold")
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Show a task's responses in their order, and the right answers if it has some")
    @APIResponse(responseCode = "404", description = "The project has no such task")
    public GoldJson show(@RestPath String slug, @RestPath long id) {
        return GoldJson.of(desk.show(projects.require(slug), id));
    }

    @PUT
    @Path("/tasks/{id}/gold")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Say which answers to a task are right: it becomes a check that makes no pairs")
    @APIResponse(responseCode = "200", description = "Stored")
    @APIResponse(responseCode = "409", description = "Reviewers were given the task as work")
    @APIResponse(responseCode = "422", description = "An answer is not valid; the detail names it")
    public GoldJson set(@RestPath String slug, @RestPath long id, @NotNull @Valid GoldRequest wanted) {
        return GoldJson.of(desk.set(projects.require(slug), id, wanted.purpose(), wanted.answers(),
                wanted.explanation(), account.get()));
    }

    @DELETE
    @Path("/tasks/{id}/gold")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Make a check a task to rate again")
    @APIResponse(responseCode = "204", description = "It is a task to rate")
    @APIResponse(responseCode = "409", description = "Reviewers were given the check")
    public void remove(@RestPath String slug, @RestPath long id) {
        desk.remove(projects.require(slug), id);
    }

    @GET
    @Path("/gold-results")
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "How reviewers answered the project's checks, oldest first")
    public List<GoldResult> results(@RestPath String slug) {
        return results.of(projects.require(slug).id);
    }
}
