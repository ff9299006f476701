package dev.ratchet.registry;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;

/** Resolves the project that a request's path names. */
public final class ProjectPath {

    private ProjectPath() {}

    /** The project with this slug; 404 {@code project-unknown} if there is none. */
    public static Project require(String slug) {
        return Project.findBySlug(slug)
                .orElseThrow(() -> Problem.notFound(
                        "project-unknown", "No such project", "There is no project '%s'.".formatted(slug)));
    }
}
