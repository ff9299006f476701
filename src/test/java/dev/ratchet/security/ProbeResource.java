package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;

/** Endpoints of every kind, for the tests of who may use what and how failures are answered. */
@Path("/probe")
public class ProbeResource {
    @Inject
    CurrentAccount account;

    /** A body with a rule. */
    public record Body(@NotBlank String name) {}

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return account.find().map(found -> found.login).orElse("nobody");
    }

    @GET
    @Path("forgotten")
    public String forgotten() {
        return "never seen";
    }

    @GET
    @Path("me")
    @RolesAllowed(Role.REVIEWER)
    public String me() {
        return account.get().login;
    }

    @GET
    @Path("administration")
    @RolesAllowed(Role.ADMINISTRATOR)
    public String administration() {
        return "administrator";
    }

    @POST
    @Path("json")
    @RolesAllowed(Role.REVIEWER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, String> json(@Valid Body body) {
        return Map.of("name", body.name());
    }

    @POST
    @Path("form")
    @RolesAllowed(Role.REVIEWER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String form(@RestForm String name) {
        return name;
    }

    @GET
    @Path("conflict")
    @PermitAll
    public String conflict() {
        throw Problem.conflict("probe", "A probe", "It always is <b>in the way</b>.");
    }

    @GET
    @Path("broken")
    @PermitAll
    public String broken() {
        throw new IllegalStateException("a secret of the inside");
    }
}
