package dev.ratchet.registry;

import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** One version with its manifest. */
@Path("/api/versions/{id}")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class VersionResource {
    @Inject
    Versions versions;

    @GET
    @Transactional
    public VersionView show(long id) {
        return VersionView.whole(versions.get(id));
    }
}
