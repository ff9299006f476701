package dev.ratchet.evaluation;

import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** The evaluations of a project. */
@Path("/api/projects/{slug}/evaluations")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ProjectEvaluationsResource {
    @Inject
    Projects projects;

    @Inject
    Evaluations evaluations;

    @GET
    @Transactional
    public List<EvaluationView> list(String slug) {
        return evaluations.list(projects.require(slug)).stream()
                .map(EvaluationView::of)
                .toList();
    }
}
