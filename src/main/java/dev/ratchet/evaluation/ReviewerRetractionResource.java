package dev.ratchet.evaluation;

import dev.ratchet.project.Projects;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.Retractions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Takes all ratings of a reviewer in a project out of what counts. */
@Path("/api/projects/{slug}/reviewers/{account}/retraction")
@Tag(name = "Retractions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ReviewerRetractionResource {
    @Inject
    Retractions retractions;

    @Inject
    RetractionEffects effects;

    @Inject
    Projects projects;

    @Inject
    Accounts accounts;

    @Inject
    CurrentAccount account;

    @GET
    @Operation(summary = "What retracting all ratings of a reviewer would reach; changes nothing")
    public RetractionEffects.Effect preview(@RestPath String slug, @RestPath("account") long reviewer) {
        return effects.ofReviewer(projects.require(slug), accounts.require(reviewer));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Retract all ratings of a reviewer in a project; asking again changes nothing")
    @APIResponse(responseCode = "200", description = "Retracted, with what they reached")
    @APIResponse(responseCode = "409", description = "The reviewer has no ratings there")
    public RetractionEffects.RetractionJson retractAll(
            @RestPath String slug, @RestPath("account") long reviewer, @NotNull @Valid RetractionRequest request) {
        return effects.of(retractions.retractAll(account.get(), projects.require(slug), accounts.require(reviewer),
                request.reason(), request.reopens()));
    }
}
