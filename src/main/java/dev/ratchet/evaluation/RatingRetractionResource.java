package dev.ratchet.evaluation;

import dev.ratchet.project.ProjectAccess;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.Retractions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes one rating out of what counts. */
@Path("/api/ratings/{id}/retraction")
@Tag(name = "Retractions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class RatingRetractionResource {
    @Inject
    Retractions retractions;

    @Inject
    RetractionEffects effects;

    @Inject
    ProjectAccess access;

    @Inject
    CurrentAccount account;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Retract a rating; asking again changes nothing",
            description = "Its pair goes or changes, snapshots that hold it are marked, versions trained on it listed.")
    @APIResponse(responseCode = "200", description = "Retracted, with what it reached")
    @APIResponse(responseCode = "403", description = "The account does not lead the rating's project")
    @APIResponse(responseCode = "404", description = "There is no such rating")
    @APIResponse(responseCode = "409", description = "Its reviewer took the rating back")
    public RetractionEffects.RetractionJson retract(UUID id, @NotNull @Valid RetractionRequest request) {
        Account lead = account.get();
        access.requireLead(lead, retractions.given(id).project());
        return effects.of(retractions.retract(lead, id, request.reason(), request.reopens()));
    }
}
