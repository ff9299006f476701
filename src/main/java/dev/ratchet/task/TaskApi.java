package dev.ratchet.task;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A project's tasks, for programs. */
@Path("/api/projects/{slug}/tasks")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TaskApi {
    private final Projects projects;
    private final Tasks tasks;

    TaskApi(Projects projects, Tasks tasks) {
        this.projects = projects;
        this.tasks = tasks;
    }

    /** A task to be made; overlap and priority may be absent (the project's overlap, priority 0). */
    public record TaskRequest(
            @NotNull Long promptId, @NotNull List<Long> responseIds, Integer overlap, Integer priority) {}

    /** The tasks that were made, in the order given. */
    public record MadeTasks(List<Long> ids) {}

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
                        task.priority() == null ? 0 : task.priority()))
                .toList()));
    }
}
