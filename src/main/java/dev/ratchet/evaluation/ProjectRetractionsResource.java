package dev.ratchet.evaluation;

import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import dev.ratchet.task.Retractions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What was retracted in a project. */
@Path("/api/projects/{slug}/retractions")
@Tag(name = "Retractions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ProjectRetractionsResource {
    @Inject
    Retractions retractions;

    @Inject
    RetractionEffects effects;

    @Inject
    Projects projects;

    @GET
    @Operation(summary = "List what was retracted in a project, in the order in which it was")
    public Page<RetractionEffects.RetractionJson> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(100) int limit) {
        return Page.of(retractions.list(projects.require(slug), after, limit + 1).stream().map(effects::of).toList(),
                limit, RetractionEffects.RetractionJson::id);
    }
}
