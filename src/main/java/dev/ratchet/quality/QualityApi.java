package dev.ratchet.quality;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameters;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;

/** The figures of a project's quality, for programs and for the page's charts. */
@Path("/api/projects/{slug}/quality")
@Tag(name = "Quality")
@RolesAllowed(Role.LEAD)
@Blocking
public class QualityApi {
    private static final int UNAVAILABLE = 503;

    private final Projects projects;
    private final QualityReports reports;

    QualityApi(Projects projects, QualityReports reports) {
        this.projects = projects;
        this.reports = reports;
    }

    @GET
    @NoCache
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Burn-down, throughput, strengths, agreement and the reviewers' figures of a project",
            description = "Agreement and reviewers are null while they are being computed: ask again.")
    @Parameters({
        @Parameter(name = "from", in = ParameterIn.QUERY, description = "First day, such as 2026-11-01",
                schema = @Schema(type = SchemaType.STRING, format = "date")),
        @Parameter(name = "to", in = ParameterIn.QUERY, description = "Last day",
                schema = @Schema(type = SchemaType.STRING, format = "date")),
        @Parameter(name = "version", in = ParameterIn.QUERY, description = "Version of the instructions",
                schema = @Schema(type = SchemaType.INTEGER)),
        @Parameter(name = "question", in = ParameterIn.QUERY,
                description = "The question, aspect, tag or flag whose agreement is given over time and by pairs",
                schema = @Schema(type = SchemaType.STRING)),
        @Parameter(name = "reviewers", in = ParameterIn.QUERY,
                description = "group: and a group's id, or tag: and a tag", schema = @Schema(type = SchemaType.STRING)),
        @Parameter(name = "window", in = ParameterIn.QUERY, description = "What a point over time stands for",
                schema = @Schema(type = SchemaType.STRING, enumeration = {"day", "week", "month"})),
        @Parameter(name = "zone", in = ParameterIn.QUERY, description = "Time zone whose midnight ends a day",
                schema = @Schema(type = SchemaType.STRING, defaultValue = "UTC"))
    })
    public QualityReport report(@RestPath String slug, @Context UriInfo address) {
        return reports.of(projects.require(slug), QualityFilter.of(address.getQueryParameters()));
    }

    @GET
    @Path("{panel}.csv")
    @NoCache
    @Produces("text/csv")
    @Operation(summary = "One panel's numbers as CSV, with the same filters: burn-down, throughput, people, agreement,"
            + " agreement-over-time, pairs, strengths, reviewers or findings")
    public Response csv(@RestPath String slug, @RestPath String panel, @Context UriInfo address) {
        Project project = projects.require(slug);
        Panel wanted = Panel.of(panel).orElseThrow(() -> Problem.notFound("unknown-panel", "There is no such panel",
                "There are " + Arrays.stream(Panel.values()).map(Panel::fileName).collect(Collectors.joining(", "))
                        + "."));
        QualityReport report = reports.of(project, QualityFilter.of(address.getQueryParameters()));
        if (report.isPending()) {
            throw new Problem(UNAVAILABLE, "still-computing", "The figures are still being computed",
                    "Ask again in a few seconds.");
        }
        return Response.ok(wanted.csv(report)).header("Content-Disposition",
                "attachment; filename=\"" + slug + "-" + wanted.fileName() + ".csv\"").build();
    }
}
