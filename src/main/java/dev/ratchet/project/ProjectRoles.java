package dev.ratchet.project;

import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.arc.All;
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
import java.util.List;
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

    /** Attribute of the identity: the slug, or the id of a thing, that it was granted for. */
    static final String GRANTED_FOR = "project-access-for";

    private static final String PROJECTS = "projects";
    private static final Pattern ADDRESS = Pattern.compile("/(?:api/)?([a-z]{1,32})/([A-Za-z0-9-]{1,64})(?:/.*)?");

    private final ProjectAccess access;
    private final List<OwnAddress> things;

    ProjectRoles(ProjectAccess access, @All List<OwnAddress> things) {
        this.access = access;
        this.things = things;
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
        Matcher address = ADDRESS.matcher(request.normalizedPath());
        return address.matches() && isOfProject(address.group(1))
                ? context.runBlocking(() -> within(identity, address.group(1), address.group(2)))
                : Uni.createFrom().item(identity);
    }

    /** Whether things of a kind belong to a project. */
    boolean isOfProject(String kind) {
        return kind.equals(PROJECTS) || things.stream().anyMatch(thing -> thing.kind().equals(kind));
    }

    /** The slug of a thing's project; of a project its own. */
    Optional<String> projectOf(String kind, String id) {
        return kind.equals(PROJECTS) ? Optional.of(id) : things.stream().filter(thing -> thing.kind().equals(kind))
                .findFirst().flatMap(thing -> thing.projectOf(id));
    }

    private SecurityIdentity within(SecurityIdentity identity, String kind, String id) {
        // A project's own address needs no look-up, so most requests no transaction.
        Optional<String> project = kind.equals(PROJECTS) ? Optional.of(id)
                : QuarkusTransaction.requiringNew().call(() -> projectOf(kind, id));
        return project.flatMap(slug -> access.of(identity, slug)).map(found -> acting(identity, found, id)).orElse(identity);
    }

    private static SecurityIdentity acting(SecurityIdentity identity, ProjectAccess.Granted granted, String id) {
        QuarkusSecurityIdentity.Builder acting = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addAttribute(GRANTED, granted)
                .addAttribute(GRANTED_FOR, id);
        Set<String> roles = new HashSet<>(identity.getRoles());
        if (granted.leads() && !CurrentAccount.isLimited(identity)) {
            roles.add(Role.LEAD);
        } else if (!granted.leads() && granted.rates()) {
            roles.remove(Role.LEAD);
        }
        return acting.addRoles(roles).build();
    }
}
