package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Ratings, for programs. */
@Path("/api/ratings")
@Tag(name = "Rating")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RatingApi {
    private final RatingDesk desk;
    private final CurrentAccount account;

    RatingApi(RatingDesk desk, CurrentAccount account) {
        this.desk = desk;
        this.account = account;
    }

    /** The answers to a leased task's questions; see {@link Submission}. */
    public record RatingRequest(
            @NotNull UUID assignmentId,
            @NotNull UUID ratingId,
            @NotNull Long taskId,
            @NotNull List<@NotNull Long> responseIds,
            @NotNull JsonNode answers,
            @NotNull Long activeMillis) {}

    /** New answers in place of old ones. */
    public record EditRequest(@NotNull JsonNode answers) {}

    @POST
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Rate a leased task",
            description = "The client makes ratingId; sending the same rating again stores nothing and answers the"
                    + " same.")
    @APIResponse(responseCode = "200", description = "Stored")
    @APIResponse(responseCode = "403", description = "The task is not leased to the account")
    @APIResponse(responseCode = "409", description = "The lease ran out, or the rating's id stands for something else")
    @APIResponse(responseCode = "422", description = "An answer is not valid (the detail names its field), or not of"
            + " the task's responses")
    public Rated rate(@NotNull @Valid RatingRequest request) {
        return desk.submit(account.get(), new Submission(request.assignmentId(), request.ratingId(), request.taskId(),
                request.responseIds(), request.answers(), request.activeMillis()));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Change a rating of one's own: a new revision")
    @APIResponse(responseCode = "200", description = "Stored")
    @APIResponse(responseCode = "403", description = "The rating is somebody else's")
    @APIResponse(responseCode = "404", description = "There is no such rating")
    @APIResponse(responseCode = "409", description = "The rating was undone")
    public Rated edit(@RestPath UUID id, @NotNull @Valid EditRequest request) {
        return desk.edit(account.get(), id, request.answers());
    }
}
