package dev.ratchet.evaluation;

import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What a version was made from, back to the ratings. */
@Path("/api/versions/{id}/lineage")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class VersionLineageResource {
    @Inject
    Lineage lineage;

    @GET
    public Lineage.OfVersion show(long id) {
        return lineage.ofVersion(id);
    }
}
