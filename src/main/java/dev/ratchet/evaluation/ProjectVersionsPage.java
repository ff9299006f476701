package dev.ratchet.evaluation;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelImports;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import dev.ratchet.security.Viewer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
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
    Versions versions;

    @Inject
    ModelImports imports;

    @Inject
    VersionViews views;

    @Inject
    Viewer viewer;

    @Inject
    CurrentAccount account;

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance list(String slug) {
        return Templates.list(views.list(projects.require(slug), viewer.isAdministrator() ? imports : null));
    }

    /** Imports a model folder as the champion of a project that has none. */
    @POST
    @Path("import")
    @RolesAllowed(Role.ADMINISTRATOR)
    public Response bringFirst(String slug, @RestForm @DefaultValue("") String folder) {
        imports.bringFirst(projects.require(slug), folder, account.get().pseudonym.toString());
        return back(slug);
    }

    /** Makes a policy that was imported earlier the champion of a project that has none. */
    @POST
    @Path("first")
    @RolesAllowed(Role.ADMINISTRATOR)
    public Response makeFirst(String slug, @RestForm long version) {
        Project project = projects.require(slug);
        ModelVersion first = versions.get(version);
        if (first.projectId != project.id || !first.kind.equals(ModelVersion.POLICY)) {
            throw Problem.unprocessable("not-a-policy", "The version cannot become champion",
                    "Nothing was changed: %s is not a policy of this project.".formatted(first.name));
        }
        aliases.move(project, ModelAlias.CHAMPION, 0, first, null, account.get().pseudonym.toString(),
                "The project's first model");
        return back(slug);
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
        return back(slug);
    }

    private static Response back(String slug) {
        return Response.seeOther(URI.create("/projects/" + slug + "/versions")).build();
    }
}
