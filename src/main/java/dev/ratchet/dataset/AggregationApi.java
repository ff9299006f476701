package dev.ratchet.dataset;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** By which policy a project makes pairs of ratings, for programs. */
@Path("/api/projects/{slug}/aggregation")
@Tag(name = "Pairs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class AggregationApi {
    private final AggregationPolicies policies;
    private final Projects projects;

    AggregationApi(AggregationPolicies policies, Projects projects) {
        this.policies = policies;
        this.projects = projects;
    }

    /** Name and version of a policy. */
    public record PolicyRequest(@NotNull String policy) {}

    /**
     * The policy of a project.
     *
     * @param reviewers what each reviewer would count in a snapshot taken now; empty where all count the same
     */
    public record PolicyJson(String policy, List<String> policies, List<ReviewerWeight> reviewers) {}

    @GET
    @Operation(summary = "By which policy pairs are made of ratings, and what each reviewer would count now")
    public PolicyJson show(@RestPath String slug) {
        return of(projects.require(slug));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Choose the policy that makes pairs of ratings; snapshots that exist stay as they are")
    @APIResponse(responseCode = "422", description = "There is no such policy")
    public PolicyJson choose(@RestPath String slug, @NotNull @Valid PolicyRequest request) {
        policies.choose(projects.require(slug), request.policy());
        return of(projects.require(slug));
    }

    private PolicyJson of(Project project) {
        return new PolicyJson(project.aggregation, AggregationPolicies.ALL, policies.weights(project));
    }
}
