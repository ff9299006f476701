package dev.ratchet.dataset.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.Shown;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** Where a lead chooses what to take out of a project, and in which form. */
@Path("/projects/{slug}/export")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ExportPage {
    private static final int MOST_SNAPSHOTS = 50;
    private static final int MOST_EXAMPLE = 20_000;

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance export(ExportView view);
    }

    @Inject
    Projects projects;

    @Inject
    Exports exports;

    @Inject
    Snapshots snapshots;

    @Inject
    ObjectMapper json;

    @GET
    public TemplateInstance show(String slug, @RestQuery Long frozen) {
        return page(projects.require(slug), ExportView.Chosen.USUAL, null, frozen);
    }

    /** Leads the form's choice to the file, or says on the page why there is none. */
    @GET
    @Path("file")
    public Response file(String slug, @RestQuery String rows, @RestQuery String type, @RestQuery Long snapshot,
            @RestQuery String split, @RestQuery String ties, @RestQuery String disagreement, @RestQuery String text) {
        Project project = projects.require(slug);
        String file = rows + "." + type;
        boolean freeText = "true".equals(text);
        try {
            ExportRequest wanted = ExportRequest.of(file, snapshot, split, ties, disagreement, freeText);
            exports.ready(project, wanted);
            UriBuilder address = UriBuilder.fromPath("/api/projects/{slug}/exports/{file}")
                    .queryParam("split", split == null ? "all" : split).queryParam("ties", wanted.ties())
                    .queryParam("disagreement", wanted.disagreement()).queryParam("text", freeText);
            if (snapshot != null) {
                address.queryParam("snapshot", snapshot);
            }
            return Response.seeOther(address.build(slug, file)).build();
        } catch (Problem problem) {
            return Response.status(problem.status()).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(page(project,
                            new ExportView.Chosen(rows, type, snapshot, split, ties, disagreement, freeText),
                            problem.detail(), null).render())
                    .build();
        }
    }

    @POST
    @Path("snapshots")
    public Response freeze(String slug) {
        Project project = projects.require(slug);
        try {
            Snapshot made = snapshots.create(project);
            return Response.seeOther(URI.create("/projects/" + project.slug + "/export?frozen=" + made.id)).build();
        } catch (Problem problem) {
            return Response.status(problem.status()).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(page(project, ExportView.Chosen.USUAL, problem.detail(), null).render()).build();
        }
    }

    private TemplateInstance page(Project project, ExportView.Chosen chosen, String problem, Long frozen) {
        List<ExportView.Kind> kinds = new ArrayList<>();
        for (RowKind kind : RowKind.values()) {
            kinds.add(kind(project, kind));
        }
        List<ExportView.Frozen> past = QuarkusTransaction.requiringNew().call(() -> Snapshot.<Snapshot>find(
                        "projectId = ?1 order by id desc", project.id).page(0, MOST_SNAPSHOTS).stream()
                .map(snapshot -> new ExportView.Frozen(snapshot.id,
                        Shown.count((long) snapshot.trainPairs + snapshot.evalPairs), Shown.time(snapshot.createdAt)))
                .toList());
        Long made = past.stream().map(ExportView.Frozen::id).filter(id -> id.equals(frozen)).findFirst().orElse(null);
        return Templates.export(new ExportView(ProjectHead.of(project), kinds, past, chosen, problem, made));
    }

    private ExportView.Kind kind(Project project, RowKind kind) {
        try {
            Exports.Ready usual = exports.ready(project,
                    ExportRequest.of(kind.code() + ".jsonl", null, null, null, null, false));
            Map<String, Long> counts = exports.counts(usual);
            String example = exports.example(usual);
            return new ExportView.Kind(kind.code(), counts.get("train"), counts.get("eval"),
                    example == null ? null : indented(example));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String indented(String row) throws IOException {
        String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(row));
        return text.length() > MOST_EXAMPLE ? text.substring(0, MOST_EXAMPLE) + "…" : text;
    }
}
