package dev.ratchet.evaluation;

import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;

/** Which snapshots, runs, versions and promotions a rating has a part in. */
@Path("/api/ratings/{id}/lineage")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class RatingLineageResource {
    @Inject
    Lineage lineage;

    @GET
    public Lineage.OfRating show(UUID id) {
        return lineage.ofRating(id);
    }
}
