package dev.ratchet.dataset;

import dev.ratchet.platform.Page;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Pairs, for programs. */
@Path("/api/projects/{slug}/pairs")
@Tag(name = "Pairs")
@Produces(MediaType.APPLICATION_JSON)
public class PairApi {
    private final Projects projects;

    PairApi(Projects projects) {
        this.projects = projects;
    }

    /** A pair as programs see it. */
    public record PairJson(
            long id,
            long promptId,
            Long taskId,
            String source,
            String split,
            long chosenResponseId,
            long rejectedResponseId,
            double weight,
            double margin,
            String aggregation,
            Instant updatedAt) {

        static PairJson of(Pair pair) {
            return new PairJson(pair.id, pair.promptId, pair.taskId, pair.source, pair.split, pair.chosenResponseId,
                    pair.rejectedResponseId, pair.weight, pair.margin, pair.aggregation, pair.updatedAt);
        }
    }

    @GET
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List the pairs that the delivered ratings make, in the order of their ids")
    public Page<PairJson> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        Project project = projects.require(slug);
        List<Pair> pairs = Pair.find("projectId = ?1 and id > ?2 order by id", project.id, after)
                .page(io.quarkus.panache.common.Page.ofSize(limit + 1))
                .list();
        return Page.of(pairs.stream().map(PairJson::of).toList(), limit, PairJson::id);
    }
}
