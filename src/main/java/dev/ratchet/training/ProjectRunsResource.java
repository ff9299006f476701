package dev.ratchet.training;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    @Operation(summary = "List runs, newest first")
    @Transactional
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "Where the run stands")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = "supervised, reward, preference or evaluation")
    public Page<RunView> list(
            String slug,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(LARGEST_PAGE) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "status", "kind");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id < :after", "after", Optional.ofNullable(after))
                .and("status = :status", "status", filters.oneOf("status",
                        Arrays.stream(RunStatus.values()).map(RunStatus::code).toArray(String[]::new)))
                .and("kind = :kind", "kind", filters.oneOf("kind", "supervised", "reward", "preference", "evaluation"));
        List<Run> found = Run.find(wanted.text() + " order by id desc", wanted.parameters()).page(0, limit + 1).list();
        return Page.of(found.stream().map(RunView::of).toList(), limit, RunView::id);
    }

    /** Starts the loop, or one supervised run, on the pairs that there are. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
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
                    "'kind' must be 'loop' or 'supervised', not '%s'; the loop starts the other runs itself."
                            .formatted(kind));
        };
    }
}
