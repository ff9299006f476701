package dev.ratchet.team;

import dev.ratchet.project.Groups;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The groups of a project's team, for its leads' programs. */
@Path("/api/projects/{slug}/groups")
@Tag(name = "Team")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class GroupApi {
    private final Projects projects;
    private final Groups groups;

    GroupApi(Projects projects, Groups groups) {
        this.projects = projects;
        this.groups = groups;
    }

    /** A group to make, or what changes of one: what is absent stays. Members are ids of accounts. */
    public record GroupRequest(
            String name, @Size(max = 100) List<@NotNull String> tags, @Size(max = 5_000) List<@NotNull Long> members) {}

    @GET
    @NoCache
    @Operation(summary = "List the groups by name, with the accounts in them")
    public List<Groups.Group> list(@RestPath String slug) {
        return groups.list(projects.require(slug));
    }

    @POST
    @Operation(summary = "Make a group")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "The name or a tag cannot be, or somebody is not in the team")
    @Transactional
    public RestResponse<Groups.Group> make(@RestPath String slug, @NotNull @Valid GroupRequest wanted) {
        Project project = projects.require(slug);
        Groups.Group made = groups.make(project, wanted.name(), wanted.tags());
        if (wanted.members() != null) {
            made = groups.change(project, made.id(), null, null, wanted.members());
        }
        return RestResponse.ResponseBuilder.<Groups.Group>created(
                        URI.create("/api/projects/" + slug + "/groups/" + made.id()))
                .entity(made)
                .build();
    }

    @GET
    @Path("/{id}")
    @NoCache
    @Operation(summary = "Show a group")
    @APIResponse(responseCode = "404", description = "The project has no such group")
    public Groups.Group show(@RestPath String slug, @RestPath long id) {
        return groups.require(projects.require(slug), id);
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Rename a group, change its tags, or say who is in it")
    @APIResponse(responseCode = "200", description = "As it is now")
    @APIResponse(responseCode = "404", description = "The project has no such group")
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "The name or a tag cannot be, or somebody is not in the team")
    public Groups.Group change(@RestPath String slug, @RestPath long id, @NotNull @Valid GroupRequest wanted) {
        return groups.change(projects.require(slug), id, wanted.name(), wanted.tags(), wanted.members());
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a group; its members stay in the team")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "404", description = "The project has no such group")
    public void delete(@RestPath String slug, @RestPath long id) {
        groups.delete(projects.require(slug), id);
    }
}
