package dev.ratchet.dataset.export;

import dev.ratchet.platform.Filters;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Files of what people said, for programs and for the page's button. */
@Path("/api/projects/{slug}/exports")
@Tag(name = "Exports")
@Blocking
public class ExportApi {
    private final Projects projects;
    private final Exports exports;

    ExportApi(Projects projects, Exports exports) {
        this.projects = projects;
        this.exports = exports;
    }

    @GET
    @Path("/{file}")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Export rows as a stream, or the data set's card",
            description = "The file is named for its rows (preference, kto, sft, reward, ratings) and ends in its form:"
                    + " jsonl, jsonl.gz, csv, parquet, zip (JSON Lines with the card), md (the card).")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "404", description = "There is no such project, export or snapshot")
    @APIResponse(responseCode = "422", description = "A choice does not exist; the detail names those that do")
    @APIResponse(responseCode = "503", description = "Too many exports are being read")
    public Response export(
            @RestPath String slug,
            @RestPath String file,
            @Parameter(description = "A snapshot's id; absent for the current ratings") @QueryParam("snapshot")
                    String snapshot,
            @Parameter(description = "train, eval or all") @QueryParam("split") String split,
            @Parameter(description = "drop or both") @QueryParam("ties") String ties,
            @Parameter(description = "mean-strength, majority or all") @QueryParam("disagreement") String disagreement,
            @Parameter(description = "Whether comments and reasons come along: true or false") @QueryParam("text")
                    String text,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "snapshot", "split", "ties", "disagreement", "text");
        Exports.Ready ready = exports.ready(projects.require(slug), ExportRequest.of(file,
                filters.whole("snapshot").orElse(null), split, ties, disagreement,
                filters.oneOf("text", "true", "false").filter("true"::equals).isPresent()));
        StreamingOutput rows = out -> exports.write(ready, out);
        return Response.ok(rows, ready.request().type().mediaType())
                .header("Content-Disposition", "attachment; filename=\"" + ready.request().fileName(slug) + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }
}
