package dev.ratchet.security;

import dev.ratchet.platform.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** All accounts, for an administrator's programs. */
@Path("/api/accounts")
@Tag(name = "Account")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMINISTRATOR)
public class AccountsApi {
    private final Accounts accounts;

    AccountsApi(Accounts accounts) {
        this.accounts = accounts;
    }

    /** An account without anything that is secret. */
    public record AccountJson(long id, String login, String displayName, String role, Instant createdAt,
            boolean disabled) {

        static AccountJson of(Account account) {
            return new AccountJson(account.id, account.login, account.displayName, account.role, account.createdAt,
                    account.disabledAt != null);
        }
    }

    /** What changes; what is absent stays. */
    public record AccountChange(String role, Boolean disabled) {}

    /** A password that was just made. */
    public record FreshPassword(String password) {}

    @GET
    @NoCache
    @Operation(summary = "List accounts, oldest first")
    public Page<AccountJson> list(
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return Page.of(accounts.list(after, limit + 1).stream().map(AccountJson::of).toList(), limit, AccountJson::id);
    }

    @POST
    @Operation(summary = "Make an account")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "409", description = "The login is taken")
    @APIResponse(responseCode = "422", description = "The login, name, password or role cannot be used")
    public RestResponse<AccountJson> create(@NotNull NewAccount wanted) {
        Account made = accounts.create(wanted);
        return RestResponse.ResponseBuilder.<AccountJson>created(URI.create("/api/accounts/" + made.id))
                .entity(AccountJson.of(made))
                .build();
    }

    @GET
    @Path("/{id}")
    @NoCache
    @Operation(summary = "Show an account")
    @APIResponse(responseCode = "404", description = "There is no such account")
    public AccountJson show(@RestPath long id) {
        return AccountJson.of(accounts.require(id));
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change an account's role, shut it or open it again")
    @APIResponse(responseCode = "200", description = "As it is now")
    @APIResponse(responseCode = "404", description = "There is no such account")
    @APIResponse(responseCode = "409", description = "It is the last administrator")
    @APIResponse(responseCode = "422", description = "There is no such role")
    @Transactional
    public AccountJson change(@RestPath long id, @NotNull @Valid AccountChange wanted) {
        Account account = accounts.require(id);
        if (wanted.role() != null) {
            account = accounts.changeRole(id, wanted.role());
        }
        if (wanted.disabled() != null) {
            account = wanted.disabled() ? accounts.disable(id) : accounts.enable(id);
        }
        return AccountJson.of(account);
    }

    @POST
    @Path("/{id}/password")
    @Operation(summary = "Give an account a random password, which is in this answer alone")
    @APIResponse(responseCode = "404", description = "There is no such account")
    public FreshPassword resetPassword(@RestPath long id) {
        return new FreshPassword(accounts.resetPassword(id));
    }
}
