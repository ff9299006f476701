package dev.ratchet.task;

import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Leases, for programs. */
@Path("/api/assignments")
@Tag(name = "Rating")
@Consumes(MediaType.APPLICATION_JSON)
public class AssignmentApi {
    private final RatingDesk desk;
    private final CurrentAccount account;

    AssignmentApi(RatingDesk desk, CurrentAccount account) {
        this.desk = desk;
        this.account = account;
    }

    /** Why a task was skipped; may be absent. */
    public record SkipRequest(String reason) {}

    @POST
    @Path("/{id}/skip")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Give a leased task back: it is not shown to the account again")
    @APIResponse(responseCode = "204", description = "Given back")
    @APIResponse(responseCode = "403", description = "The task is not leased to the account")
    @APIResponse(responseCode = "409", description = "The task was rated")
    public void skip(@RestPath UUID id, SkipRequest request) {
        desk.skip(account.get(), id, request == null ? null : request.reason());
    }
}
