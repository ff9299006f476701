package dev.ratchet.dataset;

import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Snapshots, for programs. */
@Path("/api/projects/{slug}/snapshots")
@Tag(name = "Pairs")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotApi {
    private final Projects projects;
    private final Snapshots snapshots;

    SnapshotApi(Projects projects, Snapshots snapshots) {
        this.projects = projects;
        this.snapshots = snapshots;
    }

    /** A snapshot as programs see it. */
    public record SnapshotJson(
            long id, String digest, int trainPairs, int evalPairs, String aggregation, Instant createdAt) {

        static SnapshotJson of(Snapshot snapshot) {
            return new SnapshotJson(snapshot.id, snapshot.digest, snapshot.trainPairs, snapshot.evalPairs,
                    snapshot.aggregation, snapshot.createdAt);
        }
    }

    @GET
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List snapshots, oldest first")
    @Transactional
    public Page<SnapshotJson> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        Filters.of(address, "after", "limit");
        List<Snapshot> found = Snapshot.find(
                        "projectId = ?1 and id > ?2 order by id", projects.require(slug).id, after)
                .page(io.quarkus.panache.common.Page.ofSize(limit + 1)).list();
        return Page.of(found.stream().map(SnapshotJson::of).toList(), limit, SnapshotJson::id);
    }

    @POST
    @RolesAllowed(Role.LEAD)
    @ResponseStatus(201)
    @Operation(summary = "Freeze the pairs as they are now",
            description = "The same pairs again give the snapshot that there is.")
    @APIResponse(responseCode = "201", description = "Frozen")
    @APIResponse(responseCode = "409", description = "The project has no pairs")
    public SnapshotJson freeze(@RestPath String slug) {
        return SnapshotJson.of(snapshots.create(projects.require(slug)));
    }
}
