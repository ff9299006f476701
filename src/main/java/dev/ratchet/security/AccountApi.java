package dev.ratchet.security;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** One's own account and its tokens, for programs. */
@Path("/api/account")
@Tag(name = "Account")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.REVIEWER)
public class AccountApi {
    private final ApiTokens tokens;
    private final Accounts accounts;
    private final CurrentAccount account;
    private final Sessions sessions;

    AccountApi(ApiTokens tokens, Accounts accounts, CurrentAccount account, Sessions sessions) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.account = account;
        this.sessions = sessions;
    }

    /** Who is signed in. */
    public record Own(long id, String login, String displayName, String role) {}

    /** A token to make. */
    public record TokenRequest(@NotNull String name, @NotNull String role, @NotNull Integer days) {}

    /** A token; the secret is there in the answer to its making alone. */
    public record TokenJson(long id, String name, String role, Instant createdAt, Instant expiresAt,
            Instant lastUsedAt, String secret) {

        static TokenJson of(ApiToken token, String secret) {
            return new TokenJson(token.id, token.name, token.role, token.createdAt, token.expiresAt, token.lastUsedAt,
                    secret);
        }
    }

    /** A password in place of the current one. */
    public record PasswordRequest(@NotNull String current, @NotNull String wanted) {}

    @GET
    @NoCache
    @Operation(summary = "Who is signed in")
    public Own show() {
        Account own = account.get();
        return new Own(own.id, own.login, own.displayName, own.role);
    }

    @POST
    @Path("/password")
    @Operation(summary = "Change one's own password, which ends one's other sessions")
    @APIResponse(responseCode = "204", description = "Changed")
    @APIResponse(responseCode = "403", description = "The current one is wrong, or a token signed in")
    @APIResponse(responseCode = "422", description = "The new one cannot be used")
    public void changePassword(@NotNull @Valid PasswordRequest wanted,
            @Context @Parameter(hidden = true) RoutingContext request) {
        sessions.renew(
                accounts.changeOwnPassword(account.inPerson(), wanted.current(), wanted.wanted()), request);
    }

    @GET
    @Path("/tokens")
    @NoCache
    @Operation(summary = "List one's own tokens, newest first, without their secrets")
    public List<TokenJson> tokens() {
        return tokens.list(account.get()).stream().map(token -> TokenJson.of(token, null)).toList();
    }

    @POST
    @Path("/tokens")
    @Operation(summary = "Make a token of one's own role or less: send it as Authorization: Bearer",
            description = "Its secret is in this answer alone. A token cannot make others.")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "403", description = "A token signed in")
    @APIResponse(responseCode = "409", description = "There are too many")
    @APIResponse(responseCode = "422", description = "The name, role or days cannot be")
    public RestResponse<TokenJson> make(@NotNull @Valid TokenRequest wanted) {
        ApiTokens.Made made = tokens.create(account.inPerson(), wanted.name(), wanted.role(), wanted.days());
        return RestResponse.ResponseBuilder.<TokenJson>created(URI.create("/api/account/tokens/" + made.token().id))
                .entity(TokenJson.of(made.token(), made.secret()))
                .build();
    }

    @DELETE
    @Path("/tokens/{id}")
    @Operation(summary = "Revoke a token of one's own: calls with it are refused from now on")
    @APIResponse(responseCode = "204", description = "Revoked")
    @APIResponse(responseCode = "404", description = "The account has no such token")
    public void revoke(@RestPath long id) {
        tokens.revoke(account.inPerson(), id);
    }
}
