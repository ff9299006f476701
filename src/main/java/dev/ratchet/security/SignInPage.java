package dev.ratchet.security;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestQuery;

/** Signing in and out. The form posts to {@code /j_security_check}, which Quarkus answers. */
@Path("/")
@Blocking
public class SignInPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance signIn(boolean error);
    }

    @Inject
    SecurityIdentity identity;

    @GET
    @Path("login")
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance signIn(@RestQuery boolean error) {
        return Templates.signIn(error);
    }

    @POST
    @Path("logout")
    @Authenticated
    public Response signOut() {
        FormAuthenticationMechanism.logout(identity);
        return Response.seeOther(URI.create("/login")).build();
    }
}
