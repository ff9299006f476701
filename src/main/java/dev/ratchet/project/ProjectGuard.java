package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Keeps who is not in a closed project's team out of everything below its address, so that no page or call has to
 * remember it. A request for a thing by its own id says itself whose project it is: it asks {@link ProjectAccess}.
 */
class ProjectGuard {
    @Inject
    SecurityIdentity identity;

    @ServerRequestFilter
    void check(UriInfo request) {
        ProjectAccess.Granted granted = identity.getAttribute(ProjectRoles.GRANTED);
        String slug = request.getPathParameters().getFirst("slug");
        if (granted != null && !granted.slug().equals(slug)
                || granted == null && slug != null && !identity.isAnonymous() && Project.findBySlug(slug).isPresent()) {
            // The address was read in two ways: what was granted for one project must not count in another.
            throw Problem.badRequest("unreadable-address", "The address cannot be read",
                    "Write the project's slug as it is listed, without escapes.");
        }
        if (granted != null) {
            ProjectAccess.requireRate(granted);
        }
    }
}
