package dev.ratchet.intake;

import dev.ratchet.platform.Problem;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** The pages on which files come in: the list, and one import from its preview to its report. */
@Path("/projects/{slug}/import")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ImportPages {
    private static final int ROWS = 50;
    private static final int REJECTIONS = 50;

    /** The type-safe templates; the status is a fragment that the page asks for again while it changes. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(ImportView.ListPage view);

        static native TemplateInstance detail(ImportView.Detail view);

        static native TemplateInstance detail$status(ImportView.Detail view);
    }

    @Inject
    Projects projects;

    @Inject
    Imports imports;

    @Inject
    Rejections rejections;

    @Inject
    IntakeConfig config;

    @Inject
    CurrentAccount account;

    @GET
    public TemplateInstance list(String slug) {
        return Templates.list(listPage(projects.require(slug), null));
    }

    @POST
    public Response upload(String slug, @RestForm("file") FileUpload file) throws IOException {
        Project project = projects.require(slug);
        try {
            if (file == null || file.fileName() == null || file.fileName().isEmpty()) {
                throw Problem.unprocessable("invalid-import", "The file cannot come in", "Choose a file first.");
            }
            ImportJob job = imports.begin(project, account.get(), file.fileName(), file.size());
            try (InputStream body = Files.newInputStream(file.uploadedFile())) {
                imports.append(job, 0, body);
            }
            return to(slug, job.id);
        } catch (Problem problem) {
            return html(problem.status(), Templates.list(listPage(project, problem.detail())));
        }
    }

    @GET
    @Path("{id}")
    public TemplateInstance detail(String slug, long id) {
        return Templates.detail(view(projects.require(slug), id, null));
    }

    @GET
    @Path("{id}/status")
    public TemplateInstance status(String slug, long id) {
        return Templates.detail$status(view(projects.require(slug), id, null));
    }

    @POST
    @Path("{id}/mapping")
    public Response map(String slug, long id, @BeanParam MappingForm form) {
        Project project = projects.require(slug);
        return change(project, id, job -> imports.map(job, form.mapping(project.overlap)));
    }

    @POST
    @Path("{id}/start")
    public Response start(String slug, long id) {
        return change(projects.require(slug), id, imports::start);
    }

    @POST
    @Path("{id}/undo")
    public Response undo(String slug, long id) {
        return change(projects.require(slug), id, imports::undo);
    }

    @POST
    @Path("{id}/remove")
    public Response remove(String slug, long id) {
        Project project = projects.require(slug);
        ImportJob job = imports.discard(imports.get(project.id, id));
        return job.status.equals(ImportStatus.DISCARDED)
                ? Response.seeOther(URI.create("/projects/" + slug + "/import")).build() : to(slug, id);
    }

    private Response change(Project project, long id, java.util.function.Consumer<ImportJob> change) {
        try {
            change.accept(imports.get(project.id, id));
            return to(project.slug, id);
        } catch (Problem problem) {
            if (problem.status() == 404) {
                throw problem;
            }
            return html(problem.status(), Templates.detail(view(project, id, problem.detail())));
        }
    }

    private ImportView.ListPage listPage(Project project, String problem) {
        return new ImportView.ListPage(ProjectHead.of(project),
                imports.list(project, Long.MAX_VALUE, ROWS).stream().map(ImportView.Row::of).toList(),
                size(config.maxSize().asLongValue()), problem);
    }

    private ImportView.Detail view(Project project, long id, String problem) {
        ImportJob job = imports.get(project.id, id);
        List<Rejections.Rejection> rejected = job.startedAt == null ? List.of() : rejections.list(id, 0, REJECTIONS);
        return new ImportView.Detail(ProjectHead.of(project), ImportView.Row.of(job), job, problem, rejected);
    }

    private static String size(long bytes) {
        return bytes >= 1L << 30 ? Shown.count(bytes >> 30) + " GB" : Shown.count(Math.max(1, bytes >> 20)) + " MB";
    }

    private static Response to(String slug, long id) {
        return Response.seeOther(URI.create("/projects/" + slug + "/import/" + id)).build();
    }

    private static Response html(int status, TemplateInstance template) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.render()).build();
    }
}
