package dev.ratchet.platform;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Keeps pages and the programs' interface off a process without the role {@code web}; the served model has a role of
 * its own.
 */
class WebRoleGate {
    private static final String SERVED_MODEL = "/v1/";

    @Inject
    RatchetConfig config;

    @ServerRequestFilter(preMatching = true)
    void check(ContainerRequestContext request) {
        if (!config.roles().contains(ApplicationRole.WEB) && !isServedModel(request.getUriInfo().getPath())) {
            throw Problem.notFound("role-web", "This process has no pages",
                    "This process does not have the role web: ask one that has it.");
        }
    }

    static boolean isServedModel(String path) {
        return path.startsWith(SERVED_MODEL);
    }
}
