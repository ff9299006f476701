package dev.ratchet.training;

import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.registry.Aliases;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The runs of a project: what trained on people's pairs, and what measured the result. */
@Path("/projects/{slug}/runs")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
public class ProjectRunsPage {
    private static final int MOST_ROWS = 200;

    /** The type-safe template; its fragment is what the page asks for again while a run goes. */
    @CheckedTemplate(basePath = "RunPages")
    static class Templates {
        static native TemplateInstance list(RunPageView.ListPage view);

        static native TemplateInstance list$runs(RunPageView.ListPage view);
    }

    @Inject
    Runs runs;

    @Inject
    Projects projects;

    @Inject
    RetrainingLoop loop;

    @Inject
    Aliases aliases;

    @Inject
    CurrentAccount account;

    @Inject
    Clock clock;

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance list(String slug) {
        return Templates.list(page(slug));
    }

    @GET
    @Path("table")
    @Produces(MediaType.TEXT_HTML)
    @Transactional
    public TemplateInstance table(String slug) {
        return Templates.list$runs(page(slug));
    }

    /** Starts the loop now, whatever the number of new pairs. */
    @POST
    public Response start(String slug) {
        loop.byHand(projects.require(slug), account.get().pseudonym.toString());
        return Response.seeOther(URI.create("/projects/" + slug + "/runs")).build();
    }

    private RunPageView.ListPage page(String slug) {
        Project project = projects.require(slug);
        Instant now = clock.instant();
        List<RunPageView.Row> rows = runs.list(project, MOST_ROWS).stream()
                .map(run -> RunPageView.Row.of(run, RunPageView.outcome(run), now))
                .toList();
        return new RunPageView.ListPage(
                ProjectHead.of(project), rows, rows.stream().anyMatch(RunPageView.Row::isUnfinished),
                aliases.champion(project).isPresent());
    }
}
