package dev.ratchet.team;

import dev.ratchet.platform.Filters;
import dev.ratchet.platform.Page;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Team;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** A project's team, for its leads' programs. */
@Path("/api/projects/{slug}")
@Tag(name = "Team")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class MemberApi {
    private final Projects projects;
    private final Team team;
    private final CurrentAccount account;

    MemberApi(Projects projects, Team team, CurrentAccount account) {
        this.projects = projects;
        this.team = team;
        this.account = account;
    }

    /** A member to add: reviewer and no tags where they are absent. */
    public record MemberRequest(@NotNull String login, String role, @Size(max = 100) List<@NotNull String> tags) {}

    /** What changes; what is absent stays. */
    public record MemberChange(String role, @Size(max = 100) List<@NotNull String> tags) {}

    /** Whether the project is open to every account. */
    public record Openness(@NotNull Boolean open) {}

    @GET
    @Path("/members")
    @NoCache
    @Operation(summary = "List the members of the project's team, in the order of their accounts")
    @APIResponse(responseCode = "422", description = "A filter does not exist, or cannot be read")
    @Parameter(name = "role", in = ParameterIn.QUERY, description = "reviewer or lead")
    @Parameter(name = "tag", in = ParameterIn.QUERY, description = "A language or skill of theirs, or of their groups")
    @Parameter(name = "group", in = ParameterIn.QUERY, description = "A group's id")
    public Page<Team.Person> list(
            @RestPath String slug,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @Context UriInfo address) {
        Filters filters = Filters.of(address, "after", "limit", "role", "tag", "group");
        Team.Wanted wanted = new Team.Wanted(filters.oneOf("role", Role.REVIEWER, Role.LEAD).orElse(null),
                filters.text("tag").orElse(null), filters.whole("group").orElse(null));
        return Page.of(team.members(projects.require(slug), wanted, after, limit + 1), limit, Team.Person::accountId);
    }

    @POST
    @Path("/members")
    @Operation(summary = "Put an account into the team")
    @APIResponse(responseCode = "201", description = "Added")
    @APIResponse(responseCode = "403", description = "Only leads by their account and administrators say who leads")
    @APIResponse(responseCode = "404", description = "There is no such account")
    @APIResponse(responseCode = "409", description = "It is in the team already")
    @APIResponse(responseCode = "422", description = "The role or a tag cannot be")
    public RestResponse<Team.Person> add(@RestPath String slug, @NotNull @Valid MemberRequest wanted) {
        Project project = projects.require(slug);
        Team.Person added = team.add(project, account.get(), wanted.login(),
                wanted.role() == null ? Role.REVIEWER : wanted.role(), wanted.tags());
        return RestResponse.ResponseBuilder.<Team.Person>created(
                        URI.create("/api/projects/" + slug + "/members/" + added.accountId()))
                .entity(added)
                .build();
    }

    @GET
    @Path("/members/{account}")
    @NoCache
    @Operation(summary = "Show a member")
    @APIResponse(responseCode = "404", description = "The account is not in the team")
    public Team.Person show(@RestPath String slug, @RestPath("account") long member) {
        return team.member(projects.require(slug), member);
    }

    @PATCH
    @Path("/members/{account}")
    @Operation(summary = "Change what a member may do and can judge")
    @APIResponse(responseCode = "200", description = "As it is now")
    @APIResponse(responseCode = "403", description = "Only leads by their account and administrators say who leads")
    @APIResponse(responseCode = "404", description = "The account is not in the team")
    @APIResponse(responseCode = "409", description = "A closed project would be left without a lead")
    @APIResponse(responseCode = "422", description = "The role or a tag cannot be")
    public Team.Person change(@RestPath String slug, @RestPath("account") long member,
            @NotNull @Valid MemberChange wanted) {
        return team.change(projects.require(slug), account.get(), member, wanted.role(), wanted.tags());
    }

    @DELETE
    @Path("/members/{account}")
    @Operation(summary = "Take a member out of the team and its groups; what they rated stays")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "The account is not in the team")
    @APIResponse(responseCode = "409", description = "A closed project would be left without a lead")
    public void remove(@RestPath String slug, @RestPath("account") long member) {
        team.remove(projects.require(slug), account.get(), member);
    }

    @PUT
    @Path("/open")
    @Operation(summary = "Open the project to every account, or close it to all but its team",
            description = "Who closes it becomes a lead of its team.")
    @APIResponse(responseCode = "204", description = "As asked")
    public void setOpen(@RestPath String slug, @NotNull @Valid Openness wanted) {
        team.setOpen(projects.require(slug), account.get(), wanted.open());
    }
}
