package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** One's own account: its password, and the tokens by which programs act for it. */
@Path("/account")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AccountPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance account(AccountView.Own view);
    }

    @Inject
    Accounts accounts;

    @Inject
    ApiTokens tokens;

    @Inject
    CurrentAccount account;

    @Inject
    Sessions sessions;

    @Inject
    RoutingContext request;

    @Inject
    AccountMessages words;

    @Inject
    Clock clock;

    /** @param did {@code password} or {@code revoked}, after a redirect */
    @GET
    public Response show(@RestQuery String did) {
        String done = "password".equals(did) ? words.passwordChanged() : "revoked".equals(did) ? words.revoked() : null;
        return page(200, null, done, null);
    }

    @POST
    @Path("password")
    public Response changePassword(@RestForm String current, @RestForm String wanted, @RestForm String again) {
        try {
            if (wanted == null || !wanted.equals(again)) {
                throw Problem.unprocessable("passwords-differ", "The two new passwords differ",
                        "Nothing was changed: type the new password twice.");
            }
            sessions.renew(accounts.changeOwnPassword(account.inPerson(), current, wanted), request);
            return Response.seeOther(URI.create("/account?did=password")).build();
        } catch (Problem problem) {
            return page(problem.status(), null, null, problem.title() + ". " + problem.detail());
        }
    }

    @POST
    @Path("tokens")
    public Response makeToken(@RestForm String name, @RestForm String role, @RestForm String days) {
        try {
            int wanted = days != null && days.matches("\\d{1,4}") ? Integer.parseInt(days) : 0;
            ApiTokens.Made made = tokens.create(account.inPerson(), name, role, wanted);
            return page(200, made.secret(), null, null);
        } catch (Problem problem) {
            return page(problem.status(), null, null, problem.detail());
        }
    }

    @POST
    @Path("tokens/{id}/revoke")
    public Response revoke(long id) {
        tokens.revoke(account.inPerson(), id);
        return Response.seeOther(URI.create("/account?did=revoked")).build();
    }

    private Response page(int status, String secret, String done, String problem) {
        Account own = account.get();
        AccountView.Own view = new AccountView.Own(own.displayName, own.login, own.role, Role.upTo(own.role),
                tokens.list(own).stream().map(token -> AccountView.Token.of(token, clock.instant())).toList(),
                secret, done, problem);
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store").entity(Templates.account(view).render()).build();
    }
}
