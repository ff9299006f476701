package dev.ratchet.team;

import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.NoCache;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What a reviewer did in a project, and notes about it, for programs. */
@Path("/api/projects/{slug}")
@Tag(name = "Team")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WorkApi {
    private final Projects projects;
    private final WorkFigures figures;
    private final WorkViews views;
    private final Notes notes;
    private final CurrentAccount account;

    WorkApi(Projects projects, WorkFigures figures, WorkViews views, Notes notes, CurrentAccount account) {
        this.projects = projects;
        this.figures = figures;
        this.views = views;
        this.notes = notes;
        this.account = account;
    }

    /** A note to send. */
    public record NoteRequest(@NotNull String text) {}

    @GET
    @Path("/me")
    @NoCache
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Show one's own work in a project",
            description = "A figure that rests on nothing is null. Intervals are Wilson's at 95%.")
    public Work mine(@RestPath String slug) {
        return figures.of(projects.require(slug), account.get().id);
    }

    @GET
    @Path("/me/notes")
    @NoCache
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "List the notes of leads to oneself, newest first")
    public List<Notes.Note> notesToMe(@RestPath String slug) {
        return notes.list(projects.require(slug), account.get().id);
    }

    @POST
    @Path("/me/notes/{id}/read")
    @RolesAllowed(Role.REVIEWER)
    @Operation(summary = "Say that a note to oneself was read")
    @APIResponse(responseCode = "200", description = "The note")
    @APIResponse(responseCode = "404", description = "There is no such note to oneself in the project")
    public Notes.Note markRead(@RestPath String slug, @RestPath long id) {
        return notes.markRead(projects.require(slug), account.get(), id);
    }

    @GET
    @Path("/members/{account}/work")
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Show the work of a member, or of somebody who rated in the project")
    @APIResponse(responseCode = "404", description = "There is nobody like that")
    public Work of(@RestPath String slug, @RestPath("account") long reviewer) {
        Project project = projects.require(slug);
        return figures.of(project, views.reviewer(project, reviewer).id);
    }

    @GET
    @Path("/members/{account}/notes")
    @NoCache
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "List the notes to a reviewer, newest first")
    @APIResponse(responseCode = "404", description = "There is nobody like that")
    public List<Notes.Note> notesTo(@RestPath String slug, @RestPath("account") long reviewer) {
        Project project = projects.require(slug);
        return notes.list(project, views.reviewer(project, reviewer).id);
    }

    @POST
    @Path("/members/{account}/notes")
    @RolesAllowed(Role.LEAD)
    @Operation(summary = "Write a note to a reviewer")
    @APIResponse(responseCode = "201", description = "Sent")
    @APIResponse(responseCode = "404", description = "There is nobody like that")
    @APIResponse(responseCode = "422", description = "There is no text, or too much")
    public RestResponse<Notes.Note> write(@RestPath String slug, @RestPath("account") long reviewer,
            @NotNull @Valid NoteRequest wanted) {
        Project project = projects.require(slug);
        return RestResponse.status(RestResponse.Status.CREATED,
                notes.write(project, account.get(), views.reviewer(project, reviewer).id, wanted.text()));
    }
}
