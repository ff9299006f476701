package dev.ratchet.evaluation;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelAlias;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** One version: what the evidence says of it, examples before and after, its manifest and its files. */
@Path("/versions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
public class VersionPages {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance version(VersionPageView.Detail view);
    }

    @Inject
    Versions versions;

    @Inject
    Aliases aliases;

    @Inject
    VersionViews views;

    @Inject
    CurrentAccount account;

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance version(long id, @RestQuery @DefaultValue("all") String shown) {
        ModelVersion version = versions.get(id);
        return Templates.version(views.detail(Project.findById(version.projectId), version, shown));
    }

    /**
     * Makes a version champion by hand, such as after a rollback; the evidence must still say that it passed.
     *
     * @param revision the champion's revision that the page showed: a move in between is never overwritten
     */
    @POST
    @Path("{id}/promote")
    @Transactional
    public Response promote(long id, @RestForm int revision) {
        ModelVersion version = versions.get(id);
        Project project = Project.findById(version.projectId);
        Evaluation evaluation = VersionViews.newest(id)
                .filter(one -> one.decision.equals(Gate.PASS))
                // Passed against another champion, it says nothing of this one.
                .filter(one -> one.championId.equals(aliases.championVersion(project).id))
                .orElseThrow(() -> Problem.conflict(
                        "gates-not-passed",
                        "The version may not become champion",
                        version.name + " has not passed all gates against the present champion, which stands."));
        aliases.move(
                project, ModelAlias.CHAMPION, revision, version, evaluation.id, actor(), "Promoted by hand");
        return Response.seeOther(URI.create("/projects/" + project.slug + "/versions")).build();
    }

    @GET
    @Path("{id}/manifest")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> manifest(long id) {
        return versions.get(id).manifest;
    }

    /** The version's folder in Hugging Face layout, as one archive. */
    @GET
    @Path("{id}/archive")
    @Produces("application/zip")
    public Response archive(long id) {
        ModelVersion version = versions.get(id);
        java.nio.file.Path folder = versions.open(version);
        StreamingOutput body = output -> {
            try (ZipOutputStream zip = new ZipOutputStream(output);
                    Stream<java.nio.file.Path> files = Files.walk(folder)) {
                // Weights do not shrink: packing them hard only costs time.
                zip.setLevel(1);
                List<java.nio.file.Path> entries = files.filter(Files::isRegularFile).sorted().toList();
                for (java.nio.file.Path file : entries) {
                    zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"" + fileName(version) + ".zip\"")
                .build();
    }

    private static String fileName(ModelVersion version) {
        return version.name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private String actor() {
        return account.get().pseudonym.toString();
    }
}
