package dev.ratchet.security;

import dev.ratchet.platform.Page;
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

/** Every change of what somebody may do, for administrators' programs. */
@Path("/api/audit")
@Tag(name = "Account")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATOR)
public class AuditApi {
    private final AuditTrail trail;

    AuditApi(AuditTrail trail) {
        this.trail = trail;
    }

    @GET
    @NoCache
    @Operation(summary = "List changes of accounts, tokens, teams, groups and invitations, newest first")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    public Page<AuditTrail.Entry> list(@BeanParam @Valid AuditQuery query) {
        return query.of(trail, null);
    }
}
