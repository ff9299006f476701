package dev.ratchet.registry;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The versions of a project, and the import of one. */
@Path("/api/projects/{slug}/versions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ProjectVersionsResource {
    @Inject
    Projects projects;

    @Inject
    ModelImports imports;

    /**
     * What to import.
     *
     * @param folder name of a folder within {@code imports/} of the data folder
     * @param kind {@code policy} or {@code reward}
     * @param name unique in the project; the next free one if absent
     */
    public record Import(
            @NotBlank String folder,
            @NotBlank @Pattern(regexp = "policy|reward") String kind,
            @Pattern(regexp = "[a-z0-9][a-z0-9.-]{0,62}",
                    message = "must be lower-case letters, digits, dots and dashes")
                    String name) {}

    @GET
    @Operation(summary = "List versions, newest first")
    @Transactional
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = "policy or reward")
    public Page<VersionView> list(
            String slug,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "kind");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id < :after", "after", Optional.ofNullable(after))
                .and("kind = :kind", "kind", filters.oneOf("kind", ModelVersion.POLICY, ModelVersion.REWARD));
        List<ModelVersion> found = ModelVersion.find(wanted.text() + " order by id desc", wanted.parameters())
                .page(0, limit + 1).list();
        return Page.of(found.stream().map(VersionView::brief).toList(), limit, VersionView::id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMINISTRATOR)
    @ResponseStatus(201)
    public VersionView importFolder(String slug, @NotNull @Valid Import request) {
        return VersionView.whole(imports.bring(
                projects.require(slug), request.kind(), request.name(), request.folder()));
    }
}
