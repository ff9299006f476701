package dev.ratchet.evaluation;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The evaluations of a project. */
@Path("/api/projects/{slug}/evaluations")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ProjectEvaluationsResource {
    @Inject
    Projects projects;

    @GET
    @Operation(summary = "List evaluations, newest first")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Transactional
    @Parameter(name = "decision", in = ParameterIn.QUERY, description = "pass, fail or undecided")
    @Parameter(name = "promoted", in = ParameterIn.QUERY, description = "true or false")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    public Page<EvaluationView> list(
            String slug,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "decision", "promoted", "since");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id < :after", "after", Optional.ofNullable(after))
                .and("decision = :decision", "decision", filters.oneOf("decision", "pass", "fail", "undecided"))
                .and("promoted = :promoted", "promoted",
                        filters.oneOf("promoted", "true", "false").map(Boolean::valueOf))
                .and("createdAt >= :since", "since", filters.moment("since"));
        List<Evaluation> found = Evaluation.find(wanted.text() + " order by id desc", wanted.parameters())
                .page(0, limit + 1).list();
        return Page.of(found.stream().map(EvaluationView::of).toList(), limit, EvaluationView::id);
    }
}
