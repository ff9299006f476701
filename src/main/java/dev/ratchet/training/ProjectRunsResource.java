package dev.ratchet.training;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The runs of a project, and starting them by hand. */
@Path("/api/projects/{slug}/runs")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ProjectRunsResource {
    private static final int LARGEST_PAGE = 200;

    @Inject
    Projects projects;

    @Inject
    Runs runs;

    @Inject
    RetrainingLoop loop;

    @Inject
    CurrentAccount account;

    /** What to start: {@code loop} (the default), which ends in an evaluation, or a single {@code supervised} run. */
    public record NewRun(String kind) {}

    @GET
    @Transactional
    public List<RunView> list(String slug, @QueryParam("limit") @DefaultValue("50") int limit) {
        return runs.list(projects.require(slug), Math.max(1, Math.min(limit, LARGEST_PAGE))).stream()
                .map(RunView::of)
                .toList();
    }

    /** Starts the loop, or one supervised run, on the pairs that there are. */
    @POST
    @ResponseStatus(201)
    public RunView start(String slug, NewRun request) {
        Project project = projects.require(slug);
        String actor = account.get().pseudonym.toString();
        String kind = request == null || request.kind() == null ? "loop" : request.kind();
        return switch (kind) {
            case "loop" -> RunView.of(loop.byHand(project, actor));
            case "supervised" -> RunView.of(loop.supervisedByHand(project, actor));
            default -> throw Problem.unprocessable(
                    "run-kind",
                    "This cannot be started by hand",
                    "'kind' must be 'loop' or 'supervised', not '%s'; the loop starts the other runs itself.".formatted(kind));
        };
    }
}
