package dev.ratchet.evaluation;

import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** One evaluation: what the gates said, and what the models answered. */
@Path("/api/evaluations/{id}")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class EvaluationResource {
    private static final int LARGEST_PAGE = 500;

    @Inject
    Evaluations evaluations;

    @GET
    @Transactional
    public EvaluationView show(long id) {
        return EvaluationView.of(evaluations.get(id));
    }

    /** Samples after prompt {@code after}, in the order of prompts. */
    @GET
    @Path("/samples")
    @Transactional
    public List<EvaluationView.Sample> samples(
            long id, @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        evaluations.get(id);
        return evaluations.samples(id, after, Math.max(1, Math.min(limit, LARGEST_PAGE)));
    }
}
