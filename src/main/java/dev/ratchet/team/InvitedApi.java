package dev.ratchet.team;

import dev.ratchet.project.Invitations;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import dev.ratchet.security.Secrets;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Coming into a team by an invitation, for programs. */
@Path("/api/invitations/{token}")
@Tag(name = "Team")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitedApi {
    @Inject
    Invitations invitations;

    @Inject
    InvitationThrottle throttle;

    @Inject
    CurrentAccount account;

    @Inject
    RoutingContext request;

    /** Whom the account is made for. */
    public record SignUp(@NotNull String login, String displayName, @NotNull String password) {}

    /** The account that was made. */
    public record SignedUp(long id, String login, String displayName) {}

    /** Where one is a member now. */
    public record Joined(String slug) {}

    @GET
    @NoCache
    @PermitAll
    @Operation(summary = "Show what an invitation offers")
    @APIResponse(responseCode = "404", description = "There is no such invitation")
    @APIResponse(responseCode = "410", description = "It lets nobody in any more")
    public Invitations.Offer show(@RestPath String token) {
        return throttle.look(address(), () -> invitations.offer(token));
    }

    @POST
    @PermitAll
    @Operation(summary = "Make an account and join the team")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "409", description = "The login is taken")
    @APIResponse(responseCode = "410", description = "The invitation lets nobody in any more")
    @APIResponse(responseCode = "422", description = "The login, name or password cannot be used")
    @APIResponse(responseCode = "429", description = "There were too many attempts")
    public RestResponse<SignedUp> signUp(@RestPath String token, @NotNull @Valid SignUp wanted) {
        Account made = throttle.attempt(address(), Secrets.digest(token), () -> invitations.signUp(
                token, wanted.login(), wanted.displayName(), wanted.password()));
        return RestResponse.status(RestResponse.Status.CREATED,
                new SignedUp(made.id, made.login, made.displayName));
    }

    @POST
    @Path("/join")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Join the team with one's own account")
    @APIResponse(responseCode = "200", description = "Joined")
    @APIResponse(responseCode = "409", description = "One is in the team already; nothing was used up")
    @APIResponse(responseCode = "410", description = "The invitation lets nobody in any more")
    public Joined join(@RestPath String token) {
        return new Joined(throttle.attempt(address(), Secrets.digest(token),
                () -> invitations.join(token, account.get())));
    }

    private String address() {
        return request.request().remoteAddress().host();
    }
}
