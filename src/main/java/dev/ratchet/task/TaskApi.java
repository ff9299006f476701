package dev.ratchet.task;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The rating queue, for programs: an empty answer (204) means that no task is left for the account. */
@Path("/api")
@Tag(name = "Rating")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TaskApi {
    private final Projects projects;
    private final Tasks tasks;
    private final RatingDesk desk;
    private final CurrentAccount account;

    TaskApi(Projects projects, Tasks tasks, RatingDesk desk, CurrentAccount account) {
        this.projects = projects;
        this.tasks = tasks;
        this.desk = desk;
        this.account = account;
    }

    /** A task to be made; overlap and priority may be absent (the project's overlap, priority 0). */
    public record TaskRequest(
            @NotNull Long promptId, @NotNull List<Long> responseIds, Integer overlap, Integer priority) {}

    /** The tasks that were made, in the order given. */
    public record MadeTasks(List<Long> ids) {}

    /** A judgement of a leased task; see {@link Submission}. */
    public record RatingRequest(
            @NotNull UUID assignmentId,
            @NotNull UUID ratingId,
            @NotNull Long taskId,
            @NotNull Long leftResponseId,
            @NotNull Long rightResponseId,
            @NotNull Verdict verdict,
            Integer strength,
            String comment,
            @NotNull Long activeMillis) {}

    /** A new judgement in place of an old one; see {@link Judgement}. */
    public record EditRequest(@NotNull Verdict verdict, Integer strength, String comment) {}

    /** Why a task was skipped; may be absent. */
    public record SkipRequest(String reason) {}

    @POST
    @Path("/projects/{slug}/tasks")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Make tasks: all of them, or none if one is not valid")
    @APIResponse(responseCode = "422", description = "A task is not valid; the detail says which and why")
    public MadeTasks makeTasks(@RestPath String slug, @NotNull List<@NotNull @Valid TaskRequest> wanted) {
        Project project = projects.require(slug);
        return new MadeTasks(tasks.create(project, wanted.stream()
                .map(task -> new NewTask(task.promptId(), task.responseIds(),
                        task.overlap() == null ? project.overlap : task.overlap(),
                        task.priority() == null ? 0 : task.priority()))
                .toList()));
    }

    @GET
    @Path("/projects/{slug}/queue/next")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Lease the next task, or show the one that is leased already")
    @APIResponse(responseCode = "204", description = "No task is left for the account")
    public LeasedTask next(@RestPath String slug) {
        return desk.lease(account.get(), projects.require(slug)).orElse(null);
    }

    @POST
    @Path("/ratings")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Rate a leased task",
            description = "The client makes ratingId; sending the same rating again stores nothing and answers the same.")
    @APIResponse(responseCode = "403", description = "The task is not leased to the account")
    @APIResponse(responseCode = "409", description = "The lease ran out, or the rating's id stands for something else")
    @APIResponse(responseCode = "422", description = "The judgement is not valid, or not of the task's responses")
    public Rated rate(@NotNull @Valid RatingRequest request) {
        return desk.submit(account.get(), new Submission(request.assignmentId(), request.ratingId(), request.taskId(),
                request.leftResponseId(), request.rightResponseId(), request.verdict(), request.strength(),
                request.comment(), request.activeMillis()));
    }

    @PUT
    @Path("/ratings/{id}")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Change a rating of one's own: a new revision")
    @APIResponse(responseCode = "403", description = "The rating is somebody else's")
    @APIResponse(responseCode = "404", description = "There is no such rating")
    @APIResponse(responseCode = "409", description = "The rating was undone")
    public Rated edit(@RestPath UUID id, @NotNull @Valid EditRequest request) {
        return desk.edit(account.get(), id, new Judgement(request.verdict(), request.strength(), request.comment()));
    }

    @POST
    @Path("/projects/{slug}/queue/undo")
    @RolesAllowed(Role.REVIEWER)
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Withdraw one's last rating and lease its task again")
    @APIResponse(responseCode = "204", description = "There is no rating to undo")
    public LeasedTask undo(@RestPath String slug) {
        return desk.undo(account.get(), projects.require(slug)).orElse(null);
    }

    @POST
    @Path("/assignments/{id}/skip")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Give a leased task back: it is not shown to the account again")
    @APIResponse(responseCode = "204", description = "Given back")
    @APIResponse(responseCode = "403", description = "The task is not leased to the account")
    public void skip(@RestPath UUID id, SkipRequest request) {
        desk.skip(account.get(), id, request == null ? null : request.reason());
    }

    @GET
    @Path("/projects/{slug}/progress")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "How far the project's queue is")
    public QueueProgress progress(@RestPath String slug) {
        return desk.progress(account.get(), projects.require(slug));
    }

    @GET
    @Path("/projects/{slug}/queue/history")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "One's own last ratings, newest first")
    public List<MyRating> history(@RestPath String slug, @QueryParam("limit") @DefaultValue("20") int limit) {
        return desk.history(account.get(), projects.require(slug), limit);
    }
}
