package dev.ratchet.security;

import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What programs ask the trail for: the lists of all changes and of a project's describe and check it once. */
public class AuditQuery {
    @Context
    UriInfo address;

    @QueryParam("after")
    Long after;

    @QueryParam("limit")
    @DefaultValue("50")
    @Min(1)
    @Max(200)
    int limit;

    @QueryParam("action")
    @Parameter(description = "What was done, such as member-added")
    String action;

    @QueryParam("actor")
    @Parameter(description = "Login of who did it")
    String actor;

    @QueryParam("account")
    @Parameter(description = "Login of whom it was done to")
    String account;

    @QueryParam("since")
    @Parameter(description = "From this moment on, in ISO 8601")
    String since;

    @QueryParam("until")
    @Parameter(description = "Before this moment")
    String until;

    /**
     * The changes that are asked for.
     *
     * @param project whose; null for all
     * @throws dev.ratchet.platform.Problem 422 if a filter does not exist, or cannot be read
     */
    public Page<AuditTrail.Entry> of(AuditTrail trail, Long project) {
        return trail.list(project, Filters.of(address, AuditTrail.FILTERS), limit);
    }
}
