package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Keeps who is not in a closed project's team out of everything below its address, and out of the things of it that
 * have an address of their own, so that no page or call has to remember it.
 */
class ProjectGuard {
    /** The kind of things that a resource is about, by the path that it is declared with. */
    private static final Pattern KIND = Pattern.compile("/?(?:api/)?([a-z]+)(?:/.*)?");

    @Inject
    SecurityIdentity identity;

    @Inject
    ProjectRoles roles;

    @ServerRequestFilter
    void check(UriInfo request, ResourceInfo resource) {
        ProjectAccess.Granted granted = identity.getAttribute(ProjectRoles.GRANTED);
        String reached = reached(request);
        if (granted != null ? !reached.equals(identity.getAttribute(ProjectRoles.GRANTED_FOR))
                : !identity.isAnonymous() && !reached.isEmpty() && isOfProject(resource, reached)) {
            // The address was read in two ways: what was granted for one project must not count in another.
            throw Problem.badRequest("unreadable-address", "The address cannot be read",
                    "Write the project's slug, or the number, as it is listed, without escapes.");
        }
        if (granted != null) {
            ProjectAccess.requireRate(granted);
        }
    }

    /** What the request was routed to; empty for what has neither a slug nor an id. */
    private static String reached(UriInfo request) {
        String slug = request.getPathParameters().getFirst("slug");
        String id = request.getPathParameters().getFirst("id");
        return slug != null ? slug : id != null ? id : "";
    }

    private boolean isOfProject(ResourceInfo resource, String reached) {
        Path path = resource.getResourceClass().getAnnotation(Path.class);
        Matcher declared = KIND.matcher(path == null ? "" : path.value());
        return declared.matches() && roles.isOfProject(declared.group(1))
                && roles.projectOf(declared.group(1), reached).flatMap(Project::findBySlug).isPresent();
    }
}
