package dev.ratchet.intake;

import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Imports of files, for programs. */
@Path("/api/projects/{slug}/imports")
@Tag(name = "Imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
@Blocking
public class ImportApi {
    private final Projects projects;
    private final Imports imports;
    private final Rejections rejections;
    private final CurrentAccount account;

    ImportApi(Projects projects, Imports imports, Rejections rejections, CurrentAccount account) {
        this.projects = projects;
        this.imports = imports;
        this.rejections = rejections;
        this.account = account;
    }

    @POST
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, MediaType.TEXT_PLAIN, "text/csv", MediaType.APPLICATION_JSON,
        "application/jsonl", "application/x-ndjson", "application/gzip", "application/vnd.apache.parquet"})
    @Operation(summary = "Begin an import with a file, or with its first part",
            description = "Without a size the body is the whole file. A larger file than the server takes in one body"
                    + " comes in parts: send its size here, and the rest by PATCH. When all of it is there it is looked"
                    + " through; then its preview can be seen.")
    @APIResponse(responseCode = "201", description = "Begun")
    @APIResponse(responseCode = "413", description = "The file is larger than this server takes in")
    @APIResponse(responseCode = "422", description = "The name or the size cannot be")
    public Response begin(@RestPath String slug, @QueryParam("name") String name, @QueryParam("size") Long size,
            @HeaderParam("Content-Length") Long length, InputStream body) {
        Project project = projects.require(slug);
        Long whole = size == null ? length : size;
        if (whole == null) {
            throw new Problem(411, "size-needed", "The size is not known",
                    "Send the parameter size, or the header Content-Length.");
        }
        ImportJob job = imports.begin(project, account.get(), name, whole);
        return begun(slug, imports.append(job, 0, body));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Response beginByForm(@RestPath String slug, @RestForm("file") FileUpload file) throws IOException {
        if (file == null) {
            throw Problem.unprocessable("invalid-import", "The file cannot come in", "The field file is missing.");
        }
        ImportJob job = imports.begin(projects.require(slug), account.get(), file.fileName(), file.size());
        try (InputStream body = Files.newInputStream(file.uploadedFile())) {
            return begun(slug, imports.append(job, 0, body));
        }
    }

    private static Response begun(String slug, ImportJob job) {
        return Response.created(URI.create("/api/projects/" + slug + "/imports/" + job.id))
                .entity(ImportJson.of(job)).build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Send the next part of a file",
            description = "Upload-Offset says where it begins. After a broken connection ask for the import: received"
                    + " is where to go on.")
    @APIResponse(responseCode = "409", description = "The part does not follow what was received; see the detail")
    @APIResponse(responseCode = "422", description = "The part goes beyond the size that was announced")
    public ImportJson append(@RestPath String slug, @RestPath long id, @HeaderParam("Upload-Offset") Long offset,
            InputStream body) {
        ImportJob job = job(slug, id);
        if (offset == null) {
            throw Problem.badRequest("offset-missing", "The part has no place",
                    "Send the header Upload-Offset: where the part begins in the file.");
        }
        return ImportJson.of(imports.append(job, offset, body));
    }

    @GET
    @Operation(summary = "List imports, the newest first")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Transactional
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "Where the import stands, such as done")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    public Page<ImportJson> list(@RestPath String slug,
            @QueryParam("after") Long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "status", "since");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id < :after", "after", Optional.ofNullable(after))
                .and("status = :status", "status", filters.oneOf("status", ImportStatus.codes()))
                .and("createdAt >= :since", "since", filters.moment("since"));
        List<ImportJob> found = ImportJob.find(wanted.text() + " order by id desc", wanted.parameters())
                .page(0, limit + 1).list();
        return Page.of(found.stream().map(ImportJson::of).toList(), limit, ImportJson::id);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show an import and how far it has come")
    @APIResponse(responseCode = "404", description = "The project has no such import")
    public ImportJson show(@RestPath String slug, @RestPath long id) {
        return ImportJson.of(job(slug, id));
    }

    @GET
    @Path("/{id}/preview")
    @Operation(summary = "Show what the file would bring: counts over all of it, and its first rows")
    @APIResponse(responseCode = "409", description = "It has not been looked through yet")
    public Preview preview(@RestPath String slug, @RestPath long id) {
        ImportJob job = job(slug, id);
        if (job.preview == null || job.status.equals(ImportStatus.CHECKING)) {
            throw Problem.conflict("no-preview", "There is no preview yet",
                    "Import " + id + " is " + job.status + ": ask again when it is ready.");
        }
        return job.preview;
    }

    @PUT
    @Path("/{id}/mapping")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Say how the file is read; it is looked through again")
    @APIResponse(responseCode = "409", description = "It is not the time for it")
    @APIResponse(responseCode = "422", description = "The file cannot be read so")
    public ImportJson map(@RestPath String slug, @RestPath long id, @NotNull @Valid ImportJson.MappingJson mapping) {
        return ImportJson.of(imports.map(job(slug, id), mapping.mapping(projects.require(slug).overlap)));
    }

    @POST
    @Path("/{id}/start")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Start the import, or let one that failed go on from where it stopped")
    @APIResponse(responseCode = "409", description = "It is not ready")
    public ImportJson start(@RestPath String slug, @RestPath long id) {
        return ImportJson.of(imports.start(job(slug, id)));
    }

    @POST
    @Path("/{id}/undo")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Take the import back",
            description = "Removes its prompts, answers, pairs, demonstrations, documents and tasks that nothing"
                    + " uses: no reviewer was given them, and no snapshot and no run has them. What is in use stays;"
                    + " undone of the import counts both when its status is undone. A row that two imports brought is"
                    + " the first one's.")
    @APIResponse(responseCode = "409", description = "It has taken nothing in, or is at work")
    public ImportJson undo(@RestPath String slug, @RestPath long id) {
        return ImportJson.of(imports.undo(job(slug, id)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove the file; an import that has taken nothing in is discarded")
    @APIResponse(responseCode = "409", description = "It is at work")
    public ImportJson discard(@RestPath String slug, @RestPath long id) {
        return ImportJson.of(imports.discard(job(slug, id)));
    }

    @GET
    @Path("/{id}/rejected")
    @Operation(summary = "List rejected rows with line and reason, in the file's order")
    public Page<Rejections.Rejection> rejected(@RestPath String slug, @RestPath long id,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        return Page.of(rejections.list(job(slug, id).id, after, limit + 1), limit, Rejections.Rejection::record);
    }

    @GET
    @Path("/{id}/rejected.jsonl")
    @Produces("application/jsonl")
    @Operation(summary = "Load all rejected rows as JSON Lines")
    public Response rejectedJsonLines(@RestPath String slug, @RestPath long id) {
        ImportJob job = job(slug, id);
        StreamingOutput rows = out -> rejections.writeJsonLines(job.id, out);
        return file(rows, job, "jsonl");
    }

    @GET
    @Path("/{id}/rejected.csv")
    @Produces("text/csv")
    @Operation(summary = "Load all rejected rows as CSV, safe for spreadsheets")
    public Response rejectedCsv(@RestPath String slug, @RestPath long id) {
        ImportJob job = job(slug, id);
        StreamingOutput rows = out -> rejections.writeCsv(job.id, out);
        return file(rows, job, "csv");
    }

    private static Response file(StreamingOutput rows, ImportJob job, String ending) {
        return Response.ok(rows)
                .header("Content-Disposition", "attachment; filename=\"import-" + job.id + "-rejected." + ending + "\"")
                .build();
    }

    private ImportJob job(String slug, long id) {
        return imports.get(projects.require(slug).id, id);
    }
}
