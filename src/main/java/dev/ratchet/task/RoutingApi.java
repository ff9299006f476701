package dev.ratchet.task;

import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** How a project's queue mixes gold, calibration and scored tasks, for programs. */
@Path("/api/projects/{slug}/routing")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RoutingApi {
    private final Projects projects;
    private final RoutingDesk desk;

    RoutingApi(Projects projects, RoutingDesk desk) {
        this.projects = projects;
        this.desk = desk;
    }

    @GET
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Show how the queue is mixed")
    public RoutingSettings show(@RestPath String slug) {
        return desk.settings(projects.require(slug));
    }

    @PUT
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Set how the queue is mixed")
    @APIResponse(responseCode = "200", description = "Set")
    @APIResponse(responseCode = "422", description = "A setting is out of its range")
    public RoutingSettings set(@RestPath String slug, @NotNull RoutingSettings wanted) {
        return desk.set(projects.require(slug), wanted);
    }
}
