package dev.ratchet.project;

import dev.ratchet.lm.Message;
import dev.ratchet.platform.Conditions;
import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.question.Questions;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Projects and their prompts, for programs. */
@Path("/api/projects")
@Tag(name = "Projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProjectApi {
    private final Projects projects;
    private final Prompts prompts;

    private final CurrentAccount account;

    ProjectApi(Projects projects, Prompts prompts, CurrentAccount account) {
        this.projects = projects;
        this.prompts = prompts;
        this.account = account;
    }

    /** A project as programs see it. */
    public record ProjectJson(
            long id,
            String slug,
            String name,
            String description,
            int instructionsVersion,
            String guidelines,
            Questions questions,
            int overlap,
            ProjectSettings settings,
            boolean open,
            Instant createdAt) {

        static ProjectJson of(Project project) {
            Instructions told = Instructions.current(project);
            return new ProjectJson(project.id, project.slug, project.name, project.description, told.version,
                    told.guidelines, told.questions, project.overlap, project.settings, project.open,
                    project.createdAt);
        }
    }

    @POST
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Make a project")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "409", description = "The slug is taken")
    @APIResponse(responseCode = "422", description = "A field is not valid")
    @Transactional
    public RestResponse<ProjectJson> create(@NotNull @Valid NewProject wanted) {
        Project project = projects.create(wanted);
        return RestResponse.ResponseBuilder.<ProjectJson>created(URI.create("/api/projects/" + project.slug))
                .entity(ProjectJson.of(project))
                .build();
    }

    @GET
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "List the projects that the account may see, oldest first")
    @Transactional
    public Page<ProjectJson> list(
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @Context UriInfo address) {
        Filters.of(address, "after", "limit");
        List<ProjectJson> found = projects.list(account, after, limit + 1).stream().map(ProjectJson::of).toList();
        return Page.of(found, limit, ProjectJson::id);
    }

    @GET
    @Path("/{slug}")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Show a project")
    @APIResponse(responseCode = "404", description = "There is no such project")
    @Transactional
    public ProjectJson show(@RestPath String slug) {
        return ProjectJson.of(projects.require(slug));
    }

    /** New instructions in place of those of a version. */
    public record InstructionsRequest(
            @NotNull Integer expectedVersion, @NotNull @Size(max = 50_000) String guidelines,
            @NotNull Questions questions, @NotNull @Size(max = 500) String note) {}

    @PUT
    @Path("/{slug}/instructions")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Replace what reviewers are told and asked by a new version",
            description = "Leases that are open keep theirs; ratings name the version that they answered.")
    @APIResponse(responseCode = "200", description = "The project with its new version")
    @APIResponse(responseCode = "409", description = "Somebody else changed them meanwhile")
    @APIResponse(responseCode = "422", description = "A question cannot be asked; the detail says which and why")
    @Transactional
    public ProjectJson instruct(@RestPath String slug, @NotNull @Valid InstructionsRequest wanted) {
        Project project = projects.require(slug);
        projects.revise(project, wanted.expectedVersion(), wanted.guidelines(), wanted.questions(), wanted.note(),
                account.get().id);
        return ProjectJson.of(projects.require(slug));
    }

    /** A prompt as programs see it. */
    public record PromptJson(long id, List<Message> messages, String split, String splitGroup, Instant createdAt) {

        static PromptJson of(Prompt prompt) {
            return new PromptJson(prompt.id, prompt.messages, prompt.split, prompt.splitGroup, prompt.createdAt);
        }
    }

    @GET
    @Path("/{slug}/prompts")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List prompts in the order of their ids")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Transactional
    @Parameter(name = "split", in = ParameterIn.QUERY, description = "train or eval")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "From this moment on, in ISO 8601")
    public Page<PromptJson> listPrompts(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "split", "since");
        Conditions wanted = Conditions.of("projectId = :project", "project", projects.require(slug).id)
                .and("id > :after", "after", Optional.of(after))
                .and("split = :split", "split", filters.oneOf("split", "train", "eval"))
                .and("createdAt >= :since", "since", filters.moment("since"));
        List<Prompt> found = Prompt.find(wanted.text() + " order by id", wanted.parameters())
                .page(io.quarkus.panache.common.Page.ofSize(limit + 1)).list();
        return Page.of(found.stream().map(PromptJson::of).toList(), limit, PromptJson::id);
    }

    @POST
    @Path("/{slug}/prompts")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Add prompts: all of them, or none if one is not valid",
            description = "Conversations that the project has already are left out and reported by their position.")
    @APIResponse(responseCode = "422", description = "A prompt is not valid; the detail says which and why")
    public AddedPrompts addPrompts(@RestPath String slug, @NotNull List<NewPrompt> wanted) {
        return prompts.add(projects.require(slug), wanted);
    }
}
