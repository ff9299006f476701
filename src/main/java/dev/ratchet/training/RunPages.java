package dev.ratchet.training;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The runs of a project, and one run with its progress and curves while it goes. */
@Path("/")
@Authenticated
@Blocking
public class RunPages {
    private static final int MOST_ROWS = 200;

    /** The type-safe templates; the fragments are what a page asks for again while a run goes. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(RunPageView.ListPage view);

        static native TemplateInstance list$runs(RunPageView.ListPage view);

        static native TemplateInstance run(RunPageView.Detail view);

        static native TemplateInstance run$status(RunPageView.Detail view);
    }

    @Inject
    Runs runs;

    @Inject
    Projects projects;

    @Inject
    RetrainingLoop loop;

    @Inject
    CurrentAccount account;

    @Inject
    Clock clock;

    @GET
    @Path("projects/{slug}/runs")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance list(String slug) {
        return Templates.list(page(slug));
    }

    @GET
    @Path("projects/{slug}/runs/table")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance table(String slug) {
        return Templates.list$runs(page(slug));
    }

    /** Starts the loop now, whatever the number of new pairs. */
    @POST
    @Path("projects/{slug}/runs")
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public Response start(String slug) {
        loop.byHand(projects.require(slug), account.get().pseudonym.toString());
        return to("/projects/" + slug + "/runs");
    }

    @GET
    @Path("runs/{id}")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance run(long id) {
        return Templates.run(detail(runs.get(id)));
    }

    @GET
    @Path("runs/{id}/status")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance status(long id) {
        return Templates.run$status(detail(runs.get(id)));
    }

    @GET
    @Path("runs/{id}/metrics")
    @Produces(MediaType.APPLICATION_JSON)
    @Transactional
    public RunPageView.Curves metrics(long id) {
        Run run = runs.get(id);
        return new RunPageView.Curves(!RunPageView.unfinished(run.status), RunCurves.of(RunMetric.list("runId = ?1 order by step", id)));
    }

    @POST
    @Path("runs/{id}/cancel")
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public Response cancel(long id) {
        runs.cancel(id);
        return to("/runs/" + id);
    }

    @POST
    @Path("runs/{id}/retry")
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public Response retry(long id) {
        runs.retry(id);
        return to("/runs/" + id);
    }

    private RunPageView.ListPage page(String slug) {
        Project project = projects.require(slug);
        Instant now = clock.instant();
        List<RunPageView.Row> rows = runs.list(project, MOST_ROWS).stream()
                .map(run -> RunPageView.Row.of(run, outcome(run), now))
                .toList();
        return new RunPageView.ListPage(
                ProjectHead.of(project), rows, rows.stream().anyMatch(RunPageView.Row::isUnfinished));
    }

    private RunPageView.Detail detail(Run run) {
        Project project = Project.findById(run.projectId);
        if (project == null) {
            throw Problem.notFound("run-unknown", "No such run", "There is no run " + run.id + ".");
        }
        List<RunPageView.Fact> results = new ArrayList<>();
        if (run.result != null) {
            RunPageView.facts("", run.result, results);
        }
        List<RunPageView.Fact> settings = new ArrayList<>();
        RunPageView.facts("", run.spec, settings);
        return new RunPageView.Detail(
                ProjectHead.of(project),
                RunPageView.Row.of(run, outcome(run), clock.instant()),
                run.error,
                run.attempt,
                run.seed,
                run.startedAt,
                run.finishedAt,
                RunPageView.Version.of(run.baseVersionId),
                RunPageView.Version.of(run.rewardVersionId),
                RunPageView.Version.of(run.candidateVersionId),
                RunPageView.Version.of(run.producedVersionId),
                run.snapshotId == null ? null : "snapshot " + run.snapshotId,
                run.kind.equals("evaluation") ? run.candidateVersionId : null,
                results,
                settings);
    }

    private static String outcome(Run run) {
        RunPageView.Version produced = RunPageView.Version.of(run.producedVersionId);
        return produced == null ? null : produced.name();
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
