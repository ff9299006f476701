package dev.ratchet.task;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** A project's tasks, for programs. */
@Path("/api/projects/{slug}/tasks")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TaskApi {
    private final Projects projects;
    private final Tasks tasks;
    private final TaskList list;
    private final RoutingDesk routing;

    TaskApi(Projects projects, Tasks tasks, TaskList list, RoutingDesk routing) {
        this.projects = projects;
        this.tasks = tasks;
        this.list = list;
        this.routing = routing;
    }

    /** A task to be made; overlap, priority and tags may be absent (the project's overlap, priority 0, none). */
    public record TaskRequest(
            @NotNull Long promptId, @NotNull List<Long> responseIds, Integer overlap, Integer priority,
            List<String> tags) {}

    /** The tasks that were made, in the order given. */
    public record MadeTasks(List<Long> ids) {}

    /**
     * Tasks to be changed, and how.
     *
     * @param all must be true where nothing else says which tasks are meant
     */
    public record ChangeRequest(
            List<Long> tasks, String tag, String status, String purpose, Boolean assigned, String text, Boolean all,
            @NotNull RoutingDesk.Change set) {

        TaskFilter filter() {
            TaskFilter filter = new TaskFilter(tasks, tag, status, purpose, assigned, text);
            if (filter.equals(TaskFilter.ALL) && !Boolean.TRUE.equals(all)) {
                throw Problem.unprocessable("no-filter", "Which tasks are meant?",
                        "Nothing was changed: name tasks, tag, status, purpose, assigned or text, or send all: true.");
            }
            return filter;
        }
    }

    /** How many tasks were changed. */
    public record Changed(long changed) {}
    /** A task as programs see it. */
    public record TaskJson(
            long id, long promptId, List<Long> responseIds, int overlap, int priority, String status, String purpose,
            List<String> tags, Instant createdAt) {

        static TaskJson of(Task task) {
            return new TaskJson(task.id, task.promptId, List.copyOf(task.responseIds), task.overlap, task.priority,
                    task.status, task.purpose, List.of(task.tags), task.createdAt);
        }
    }

    @GET
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List tasks in the order of their ids")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Transactional
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "open or complete")
    @Parameter(name = "purpose", in = ParameterIn.QUERY, description = "rating, gold or calibration")
    @Parameter(name = "tag", in = ParameterIn.QUERY, description = "A language or skill that it asks for")
    @Parameter(name = "prompt", in = ParameterIn.QUERY, description = "A prompt's id")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    public Page<TaskJson> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "status", "purpose", "tag", "prompt", "since");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id > :after", "after", Optional.of(after))
                .and("status = :status", "status", filters.oneOf("status", Task.OPEN, Task.COMPLETE))
                .and("purpose = :purpose", "purpose",
                        filters.oneOf("purpose", Task.RATING, Task.GOLD, Task.CALIBRATION))
                .and("cast(sql('cast(? as text) = any(?)', :tag, tags) as boolean) = true", "tag", filters.text("tag"))
                .and("promptId = :prompt", "prompt", filters.whole("prompt"))
                .and("createdAt >= :since", "since", filters.moment("since"));
        List<Task> found = Task.find(wanted.text() + " order by id", wanted.parameters())
                .page(io.quarkus.panache.common.Page.ofSize(limit + 1)).list();
        return Page.of(found.stream().map(TaskJson::of).toList(), limit, TaskJson::id);
    }

    @POST
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Make tasks: all of them, or none if one is not valid")
    @APIResponse(responseCode = "200", description = "Made")
    @APIResponse(responseCode = "422", description = "A task is not valid; the detail says which and why")
    public MadeTasks make(@RestPath String slug, @NotNull List<@NotNull @Valid TaskRequest> wanted) {
        Project project = projects.require(slug);
        return new MadeTasks(tasks.create(project, wanted.stream()
                .map(task -> new NewTask(task.promptId(), task.responseIds(),
                        task.overlap() == null ? project.overlap : task.overlap(),
                        task.priority() == null ? 0 : task.priority(),
                        task.tags() == null ? List.of() : task.tags()))
                .toList()));
    }

    @GET
    @Path("/routing")
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List tasks with their routing, in the order in which they were made")
    @APIResponse(responseCode = "422", description = "A filter has a value that no task can have")
    public Page<TaskList.Row> routing(
            @RestPath String slug,
            @QueryParam("tag") String tag,
            @QueryParam("status") String status,
            @QueryParam("purpose") String purpose,
            @QueryParam("assigned") Boolean assigned,
            @QueryParam("text") String text,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        TaskFilter filter = new TaskFilter(null, tag, status, purpose, assigned, text);
        return Page.of(list.list(projects.require(slug), filter, after, limit + 1), limit, TaskList.Row::id);
    }

    @PATCH
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Change priority, overlap, tags or assignment of all tasks that a filter finds",
            description = "What set does not name stays as it is; accounts and groups replace the assignment, and two"
                    + " empty lists open the tasks to everybody. A lease that is open keeps its task.")
    @APIResponse(responseCode = "200", description = "Changed")
    @APIResponse(responseCode = "422", description = "A value is not valid; nothing was changed")
    public Changed change(@RestPath String slug, @NotNull @Valid ChangeRequest wanted) {
        return new Changed(routing.change(projects.require(slug), wanted.filter(), wanted.set()));
    }
}
