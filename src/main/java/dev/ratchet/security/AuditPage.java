package dev.ratchet.security;

import dev.ratchet.platform.Filters;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.NoCache;

/** Every change of what somebody may do, for administrators. */
@Path("/accounts/audit")
@RolesAllowed(Role.ADMINISTRATOR)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AuditPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance audit(AuditView view);
    }

    @Inject
    AuditTrail trail;

    @GET
    @NoCache
    public TemplateInstance show(@Context UriInfo address) {
        return Templates.audit(
                AuditView.of(trail, null, Filters.of(address, AuditTrail.FILTERS), "/accounts/audit"));
    }
}
