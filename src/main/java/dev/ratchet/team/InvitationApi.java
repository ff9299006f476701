package dev.ratchet.team;

import dev.ratchet.project.Invitations;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Invitations into a project's team, for its leads' programs. */
@Path("/api/projects/{slug}/invitations")
@Tag(name = "Team")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.LEAD)
public class InvitationApi {
    private final Projects projects;
    private final Invitations invitations;
    private final CurrentAccount account;

    InvitationApi(Projects projects, Invitations invitations, CurrentAccount account) {
        this.projects = projects;
        this.invitations = invitations;
        this.account = account;
    }

    /** An invitation to make: for one reviewer, a week, no tags and no group where they are absent. */
    public record InvitationRequest(
            String role, @Size(max = 100) List<@NotNull String> tags, Long groupId, Integer days, Integer uses) {}

    /** An invitation with its link, which is in this answer alone. */
    public record MadeInvitation(Invitations.Sent invitation, String link) {}

    @GET
    @NoCache
    @Operation(summary = "List the project's invitations, newest first, with who came in by each")
    public List<Invitations.Sent> list(@RestPath String slug) {
        return invitations.list(projects.require(slug));
    }

    @POST
    @Operation(summary = "Make an invitation: a link that lets people into the team")
    @APIResponse(responseCode = "201", description = "Made")
    @APIResponse(responseCode = "403", description = "Only leads by their account and administrators say who leads")
    @APIResponse(responseCode = "404", description = "The project has no such group")
    @APIResponse(responseCode = "409", description = "Too many are open")
    @APIResponse(responseCode = "422", description = "The role, tags, days or uses cannot be")
    public RestResponse<MadeInvitation> make(@RestPath String slug, @NotNull @Valid InvitationRequest wanted,
            @Parameter(hidden = true) UriInfo address) {
        Invitations.Made made = invitations.make(projects.require(slug), account.get(), new Invitations.Wanted(
                wanted.role() == null ? Role.REVIEWER : wanted.role(), wanted.tags(), wanted.groupId(),
                wanted.days() == null ? 7 : wanted.days(), wanted.uses() == null ? 1 : wanted.uses()));
        return RestResponse.ResponseBuilder.<MadeInvitation>created(
                        URI.create("/api/projects/" + slug + "/invitations/" + made.invitation().id()))
                .entity(new MadeInvitation(made.invitation(), InvitationForms.link(address, made.secret())))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke an invitation; who came in by it stays")
    @APIResponse(responseCode = "204", description = "Revoked")
    @APIResponse(responseCode = "404", description = "The project has no such invitation")
    public void revoke(@RestPath String slug, @RestPath long id) {
        invitations.revoke(projects.require(slug), id);
    }
}
