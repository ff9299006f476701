package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Invitations;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Secrets;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;

/** What a link of an invitation leads to: a person makes an account, or joins with the one that they have. */
@Path("/invitations/{token}")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class InvitationPage {
    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance invitation(InvitationView view);
    }

    @Inject
    Invitations invitations;

    @Inject
    InvitationThrottle throttle;

    @Inject
    CurrentAccount account;

    @Inject
    RoutingContext request;

    @GET
    public Response show(String token) {
        return page(200, token, "", "", null);
    }

    /**
     * Makes an account. The browser sends the same form on to the sign-in, whose names its fields have: whoever has
     * just chosen a password must not type it again.
     */
    @POST
    public Response signUp(String token, @RestForm String name, @RestForm("j_username") String login,
            @RestForm("j_password") String password) {
        try {
            throttle.attempt(address(), Secrets.digest(token),
                    () -> invitations.signUp(token, login, name, password));
            return Response.temporaryRedirect(URI.create("/j_security_check")).build();
        } catch (Problem problem) {
            return page(problem.status(), token, name, login, problem);
        }
    }

    /** Comes back here by the sign-in page. */
    @GET
    @Path("join")
    @Authenticated
    public Response signedIn(String token) {
        return Response.seeOther(URI.create("/invitations/" + token)).build();
    }

    @POST
    @Path("join")
    @Authenticated
    public Response join(String token) {
        try {
            throttle.attempt(address(), Secrets.digest(token), () -> invitations.join(token, account.get()));
            return Response.seeOther(URI.create("/queue")).build();
        } catch (Problem problem) {
            return page(problem.status(), token, "", "", problem);
        }
    }

    private Response page(int status, String token, String name, String login, Problem problem) {
        String signedIn = account.find().map((Account own) -> own.displayName).orElse(null);
        try {
            Invitations.Offer offer = throttle.look(address(), () -> invitations.offer(token));
            return html(status, new InvitationView(token, offer, signedIn, name, login,
                    problem == null ? null : problem.title(), problem == null ? null : problem.detail()));
        } catch (Problem closed) {
            return html(closed.status(), new InvitationView(token, null, signedIn, name, login, closed.title(),
                    closed.detail()));
        }
    }

    private String address() {
        return request.request().remoteAddress().host();
    }

    private static Response html(int status, InvitationView view) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store")
                .entity(Templates.invitation(view).render()).build();
    }
}
