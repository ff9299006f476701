package dev.ratchet.security;

import dev.ratchet.platform.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a change that another site could have made the browser send. Forms carry a token, which quarkus-rest-csrf
 * checks; any other body, when the session cookie is what it signs in with, must carry the token as a header, which
 * another site cannot set. Programs that send their credentials themselves need none.
 */
class CrossSiteGuard {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @ConfigProperty(name = "quarkus.http.auth.form.cookie-name")
    String sessionCookie;

    @ConfigProperty(name = "quarkus.rest-csrf.token-header-name", defaultValue = "X-CSRF-TOKEN")
    String tokenHeader;

    @ServerRequestFilter
    void check(ContainerRequestContext context, HttpServerRequest request) {
        if (SAFE.contains(context.getMethod())
                || request.getCookie(sessionCookie) == null
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || request.getHeader(tokenHeader) != null
                || isForm(context.getMediaType())) {
            return;
        }
        throw Problem.forbidden("csrf-token-missing", "The request could come from another site",
                "Send the value of the form field csrf-token as the header " + tokenHeader
                        + ", or sign in with a token or HTTP Basic instead of the session cookie.");
    }

    private static boolean isForm(MediaType type) {
        return type != null
                && (type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)
                        || type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE));
    }
}
