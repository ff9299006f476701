package dev.ratchet.team;

import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.AuditQuery;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    public Page<AuditTrail.Entry> list(@RestPath String slug, @BeanParam @Valid AuditQuery query) {
        return query.of(trail, projects.require(slug).id);
    }
}
