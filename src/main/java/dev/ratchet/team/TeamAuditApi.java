package dev.ratchet.team;

import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** Who changed a project's team, for its leads' programs. */
@Path("/api/projects/{slug}/audit")
@Tag(name = "Team")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class TeamAuditApi {
    private final Projects projects;
    private final AuditTrail trail;

    TeamAuditApi(Projects projects, AuditTrail trail) {
        this.projects = projects;
        this.trail = trail;
    }

    @GET
    @NoCache
    @Operation(summary = "List changes of the project's team, groups and invitations, newest first")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Parameter(name = "action", in = ParameterIn.QUERY, description = "What was done, such as member-added")
    @Parameter(name = "actor", in = ParameterIn.QUERY, description = "Login of who did it")
    @Parameter(name = "account", in = ParameterIn.QUERY, description = "Login of whom it was done to")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    @Parameter(name = "until", in = ParameterIn.QUERY, description = "Before this moment")
    public Page<AuditTrail.Entry> list(
            @RestPath String slug,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        return trail.list(projects.require(slug).id, Filters.of(address, AuditTrail.FILTERS), limit);
    }
}
