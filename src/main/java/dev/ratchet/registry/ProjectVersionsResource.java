package dev.ratchet.registry;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.platform.Problem;
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
import java.io.IOException;
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
    /** Where an administrator lays model folders that may be imported, within the data folder. */
    static final String IMPORTS = "imports";

    @Inject
    Projects projects;

    @Inject
    Versions versions;

    @Inject
    DataFolder data;

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
            @Pattern(regexp = "[a-z0-9][a-z0-9.-]{0,62}", message = "must be lower-case letters, digits, dots and dashes")
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
        java.nio.file.Path imports = data.root().resolve(IMPORTS);
        java.nio.file.Path folder = imports.resolve(request.folder()).normalize();
        if (!folder.startsWith(imports) || folder.equals(imports) || !inside(imports, folder)) {
            throw Problem.unprocessable(
                    "import-folder",
                    "The folder cannot be imported",
                    "'%s' is not a folder within %s of the data folder; copy the model there first."
                            .formatted(request.folder(), IMPORTS));
        }
        return VersionView.whole(versions.importFolder(
                projects.require(slug),
                request.kind(),
                request.name(),
                folder,
                Manifest.imported(request.kind(), "folder " + request.folder())));
    }

    /** Also where a link leads. */
    private static boolean inside(java.nio.file.Path imports, java.nio.file.Path folder) {
        try {
            return java.nio.file.Files.isDirectory(folder) && folder.toRealPath().startsWith(imports.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
