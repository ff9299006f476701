package dev.ratchet.evaluation;

import dev.ratchet.project.Projects;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;

/** The versions of a project, with the champion's history and the way back. */
@Path("/projects/{slug}/versions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
public class ProjectVersionsPage {

    /** The type-safe template. */
    @CheckedTemplate(basePath = "VersionPages")
    static class Templates {
        static native TemplateInstance list(VersionPageView.ListPage view);
    }

    @Inject
    Projects projects;

    @Inject
    Aliases aliases;

    @Inject
    VersionViews views;

    @Inject
    CurrentAccount account;

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance list(String slug) {
        return Templates.list(views.list(projects.require(slug)));
    }

    /**
     * Points the champion back at the version before.
     *
     * @param revision the champion's revision that the page showed: a second click rolls nothing back twice
     */
    @POST
    @Path("rollback")
    public Response rollBack(String slug, @RestForm int revision) {
        aliases.rollback(projects.require(slug), ModelAlias.CHAMPION, revision, account.get().pseudonym.toString());
        return Response.seeOther(URI.create("/projects/" + slug + "/versions")).build();
    }
}
