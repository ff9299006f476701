package dev.ratchet.training;

import dev.ratchet.dataset.PairCounts;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** One run, with its progress and curves while it goes. */
@Path("/runs")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
public class RunPages {
    /** The type-safe template; its fragment is what the page asks for again while the run goes. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance run(RunPageView.Detail view);

        static native TemplateInstance run$status(RunPageView.Detail view);
    }

    @Inject
    Runs runs;

    @Inject
    PairCounts counts;

    @Inject
    Clock clock;

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance run(long id) {
        return Templates.run(detail(runs.get(id)));
    }

    @GET
    @Path("{id}/status")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance status(long id) {
        return Templates.run$status(detail(runs.get(id)));
    }

    @GET
    @Path("{id}/metrics")
    @Produces(MediaType.APPLICATION_JSON)
    @Transactional
    public RunPageView.Curves metrics(long id) {
        Run run = runs.get(id);
        return new RunPageView.Curves(
                !RunPageView.unfinished(run.status), RunCurves.of(RunMetric.list("runId = ?1 order by step", id)));
    }

    @POST
    @Path("{id}/cancel")
    public Response cancel(long id) {
        runs.cancel(id);
        return to("/runs/" + id);
    }

    @POST
    @Path("{id}/retry")
    public Response retry(long id) {
        runs.retry(id);
        return to("/runs/" + id);
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
                RunPageView.Row.of(run, RunPageView.outcome(run), clock.instant()),
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
                run.snapshotId == null ? 0 : counts.retractedSince(run.snapshotId),
                run.kind.equals("evaluation") ? run.candidateVersionId : null,
                results,
                settings);
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
