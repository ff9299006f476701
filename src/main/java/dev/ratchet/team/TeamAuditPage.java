package dev.ratchet.team;

import dev.ratchet.platform.Filters;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.AuditTrail;
import dev.ratchet.security.AuditView;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.NoCache;

/** Who changed a project's team, for its leads. */
@Path("/projects/{slug}/team/audit")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TeamAuditPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance audit(ProjectHead head, AuditView view);
    }

    @Inject
    Projects projects;

    @Inject
    AuditTrail trail;

    @GET
    @NoCache
    public TemplateInstance show(String slug, @Context UriInfo address) {
        Project project = projects.require(slug);
        return Templates.audit(ProjectHead.of(project), AuditView.of(trail, project.id,
                Filters.of(address, AuditTrail.FILTERS), "/projects/" + project.slug + "/team/audit"));
    }
}
