package dev.ratchet.dataset;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Parameter(name = "split", in = ParameterIn.QUERY, description = "train or eval")
    @Parameter(name = "source", in = ParameterIn.QUERY, description = "rating or import")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    public Page<PairJson> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "split", "source", "since");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id > :after", "after", Optional.of(after))
                .and("split = :split", "split", filters.oneOf("split", "train", "eval"))
                .and("source = :source", "source", filters.oneOf("source", "rating", "import"))
                .and("updatedAt >= :since", "since", filters.moment("since"));
        List<Pair> pairs = Pair.find(wanted.text() + " order by id", wanted.parameters())
                .page(io.quarkus.panache.common.Page.ofSize(limit + 1))
                .list();
        return Page.of(pairs.stream().map(PairJson::of).toList(), limit, PairJson::id);
    }
}
