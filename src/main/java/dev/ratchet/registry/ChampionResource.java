package dev.ratchet.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The champion of a project: which version it is, how it came to be, promotion by hand and rollback. */
@Path("/api/projects/{slug}/champion")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
public class ChampionResource {
    @Inject
    Projects projects;

    @Inject
    Aliases aliases;

    @Inject
    Versions versions;

    @Inject
    CurrentAccount account;

    /** Where the alias points; its revision is what a promotion by hand must name. */
    public record Champion(VersionView version, int revision, Instant since) {}

    /** One move of the alias. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Move(
            int revision, String from, String to, Long evaluationId, String actor, String reason, Instant at) {}

    /** A promotion by hand of the version with this name. */
    public record NewChampion(
            @NotBlank String version, @NotNull @PositiveOrZero Integer expectedRevision,
            @NotBlank @Size(max = 500) String reason) {}

    @GET
    @Transactional
    public Champion show(String slug) {
        Project project = projects.require(slug);
        ModelVersion version = aliases.championVersion(project);
        return champion(aliases.champion(project).orElseThrow(), version);
    }

    @GET
    @Path("/history")
    @Transactional
    public List<Move> history(String slug) {
        return aliases.history(projects.require(slug), ModelAlias.CHAMPION).stream()
                .map(change -> new Move(
                        change.revision,
                        change.fromVersionId == null ? null : versions.get(change.fromVersionId).name,
                        versions.get(change.toVersionId).name,
                        change.evaluationId,
                        change.actor,
                        change.reason,
                        change.createdAt))
                .toList();
    }

    /** Overrides the gates, which a lead cannot: the history keeps who did it and why. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ADMINISTRATOR)
    @Transactional
    public Champion promote(String slug, @NotNull @Valid NewChampion request) {
        Project project = projects.require(slug);
        ModelVersion version = versions.find(project, request.version())
                .orElseThrow(() -> Problem.notFound(
                        "version-unknown",
                        "No such version",
                        "Project %s has no version '%s'.".formatted(slug, request.version())));
        ModelAlias moved = aliases.move(
                project,
                ModelAlias.CHAMPION,
                request.expectedRevision(),
                version,
                null,
                actor(),
                request.reason());
        return champion(moved, version);
    }

    @POST
    @Path("/rollback")
    @Transactional
    public Champion rollback(String slug, @RestQuery Integer expectedRevision) {
        ModelAlias moved =
                aliases.rollback(projects.require(slug), ModelAlias.CHAMPION, expectedRevision, actor());
        return champion(moved, versions.get(moved.versionId));
    }

    private String actor() {
        return account.get().pseudonym.toString();
    }

    private static Champion champion(ModelAlias alias, ModelVersion version) {
        return new Champion(VersionView.brief(version), alias.revision, alias.updatedAt);
    }
}
