package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Decisions where reviewers disagree, for programs. */
@Path("/api/projects/{slug}/adjudications")
@Tag(name = "Adjudication")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class AdjudicationApi {
    private final AdjudicationDesk desk;
    private final Projects projects;
    private final CurrentAccount account;

    AdjudicationApi(AdjudicationDesk desk, Projects projects, CurrentAccount account) {
        this.desk = desk;
        this.projects = projects;
        this.account = account;
    }

    /** What waits for a lead: how much, and the first of it. */
    public record Waiting(long count, List<Long> taskIds) {}

    /**
     * A decision.
     *
     * @param responseIds the responses in the order that the answers mean; not needed to dismiss
     * @param answers to the project's questions; null leaves the task as its ratings say
     */
    public record DecisionRequest(List<@NotNull Long> responseIds, JsonNode answers, String reason) {}

    @GET
    @Operation(summary = "List the tasks on which reviewers disagree and no lead has decided")
    public Waiting waiting(@RestPath String slug,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        Project project = projects.require(slug);
        return new Waiting(desk.waiting(project), desk.open(project, limit));
    }

    @GET
    @Path("/{task}")
    @Operation(summary = "A task with all ratings that stand and the decision that holds")
    public AdjudicationCase show(@RestPath String slug, @RestPath("task") long task) {
        return desk.of(projects.require(slug), task);
    }

    @PUT
    @Path("/{task}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Settle a task by answers, or leave it as its ratings say",
            description = "Answers decide the task's pairs alone until they are taken back. The same again changes"
                    + " nothing.")
    @APIResponse(responseCode = "409", description = "Not all have rated the task yet")
    @APIResponse(responseCode = "422", description = "An answer is not valid, or not of the task's responses")
    public AdjudicationCase decide(
            @RestPath String slug, @RestPath("task") long task, @NotNull @Valid DecisionRequest request) {
        Project project = projects.require(slug);
        if (request.answers() == null || request.answers().isNull()) {
            desk.dismiss(account.get(), project, task, request.reason());
        } else {
            desk.settle(account.get(), project, task, request.responseIds(), request.answers(), request.reason());
        }
        return desk.of(project, task);
    }

    @DELETE
    @Path("/{task}")
    @Operation(summary = "Take the decision on a task back: its ratings count again, both stay on record")
    @APIResponse(responseCode = "409", description = "Nothing is decided on the task")
    public AdjudicationCase reopen(@RestPath String slug, @RestPath("task") long task,
            @QueryParam("reason") String reason) {
        Project project = projects.require(slug);
        desk.reopen(account.get(), project, task, reason);
        return desk.of(project, task);
    }
}
