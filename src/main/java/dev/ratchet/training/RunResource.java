package dev.ratchet.training;

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

/** One run: its progress, its metrics, cancelling and retrying it. */
@Path("/api/runs/{id}")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class RunResource {
    private static final int LARGEST_PAGE = 5000;

    @Inject
    Runs runs;

    @GET
    @Transactional
    public RunView show(long id) {
        return RunView.of(runs.get(id));
    }

    /** Metrics of the steps after {@code after}, in order. */
    @GET
    @Path("/metrics")
    @Transactional
    public List<RunView.Step> metrics(
            long id, @QueryParam("after") @DefaultValue("0") int after,
            @QueryParam("limit") @DefaultValue("2000") int limit) {
        runs.get(id);
        return runs.metrics(id, after, Math.max(1, Math.min(limit, LARGEST_PAGE))).stream()
                .map(metric -> new RunView.Step(metric.step, metric.metrics))
                .toList();
    }

    @POST
    @Path("/cancel")
    @Transactional
    public RunView cancel(long id) {
        return RunView.of(runs.cancel(id));
    }

    @POST
    @Path("/retry")
    @Transactional
    public RunView retry(long id) {
        return RunView.of(runs.retry(id));
    }
}
