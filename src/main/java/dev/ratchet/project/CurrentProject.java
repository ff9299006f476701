package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** The project that a request is about. */
@RequestScoped
public class CurrentProject {
    private final SecurityIdentity identity;
    private final Projects projects;

    CurrentProject(SecurityIdentity identity, Projects projects) {
        this.identity = identity;
        this.projects = projects;
    }

    /**
     * The project with the slug as it was when the request came: what was read to see who may do what in it serves.
     *
     * @throws Problem 404 if there is no project with the slug
     */
    public Project require(String slug) {
        ProjectAccess.Granted granted = identity.getAttribute(ProjectRoles.GRANTED);
        return granted != null && granted.project().slug.equals(slug) ? granted.project() : projects.require(slug);
    }
}
