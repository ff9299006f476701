package dev.ratchet.project;

import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets an account act, on the pages and calls of a project, in the roles that it has there: {@code @RolesAllowed} then
 * asks for the role in the project. {@link ProjectGuard} holds that the project is the one that the request reached.
 */
@ApplicationScoped
class ProjectRoles implements SecurityIdentityAugmentor {
    /** Attribute of the identity: a {@link ProjectAccess.Granted}. */
    static final String GRANTED = "project-access";

    private static final Pattern PROJECT = Pattern.compile("/(?:api/)?projects/([a-z0-9-]{1,64})(?:/.*)?");

    private final ProjectAccess access;

    ProjectRoles(ProjectAccess access) {
        this.access = access;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(identity);
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        if (identity.isAnonymous() || request == null) {
            return Uni.createFrom().item(identity);
        }
        Matcher path = PROJECT.matcher(request.normalizedPath());
        return path.matches()
                ? context.runBlocking(() -> within(identity, path.group(1)))
                : Uni.createFrom().item(identity);
    }

    private SecurityIdentity within(SecurityIdentity identity, String slug) {
        String login = identity.getPrincipal().getName();
        Optional<ProjectAccess.Granted> granted =
                QuarkusTransaction.requiringNew().call(() -> access.of(login, slug));
        return granted.map(found -> acting(identity, found)).orElse(identity);
    }

    private static SecurityIdentity acting(SecurityIdentity identity, ProjectAccess.Granted granted) {
        QuarkusSecurityIdentity.Builder acting = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addAttribute(GRANTED, granted);
        Set<String> roles = new HashSet<>(identity.getRoles());
        if (granted.leads() && !CurrentAccount.isLimited(identity)) {
            roles.add(Role.LEAD);
        } else if (!granted.leads() && granted.rates()) {
            roles.remove(Role.LEAD);
        }
        return acting.addRoles(roles).build();
    }
}
