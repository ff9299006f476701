package dev.ratchet.evaluation;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.Retraction;
import dev.ratchet.task.Retractions;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Takes ratings out of what counts: first what it would reach, then, with a reason, what it reached. */
@Path("/projects/{slug}/retractions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RetractionPages {
    private static final int ROWS = 200;

    /** The type-safe templates. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(RetractionView.All view);

        static native TemplateInstance preview(RetractionView.Preview view);

        static native TemplateInstance done(RetractionView.Done view);
    }

    @Inject
    Retractions retractions;

    @Inject
    RetractionEffects effects;

    @Inject
    Projects projects;

    @Inject
    Accounts accounts;

    @Inject
    CurrentAccount account;

    @GET
    public TemplateInstance list(String slug) {
        Project project = projects.require(slug);
        return Templates.list(new RetractionView.All(
                ProjectHead.of(project),
                retractions.list(project, 0, ROWS).stream().map(this::row).toList(),
                retractions.reviewers(project).stream()
                        .map(one -> new RetractionView.Whose(one.accountId(), one.name(), one.ratings())).toList()));
    }

    /** What retracting one rating, or all of a reviewer's, would reach; nothing is changed. */
    @GET
    @Path("new")
    public TemplateInstance preview(String slug, @RestQuery UUID rating, @RestQuery Long reviewer) {
        return Templates.preview(preview(projects.require(slug), rating, reviewer, "", null));
    }

    @POST
    public Response retract(String slug, @RestForm UUID rating, @RestForm Long reviewer, @RestForm String reason,
            @RestForm String reopen) {
        Project project = projects.require(slug);
        boolean reopens = reopen != null;
        try {
            Retraction done;
            if (rating == null) {
                done = retractions.retractAll(account.get(), project, whose(reviewer), reason, reopens);
            } else {
                of(project, rating);
                done = retractions.retract(account.get(), rating, reason, reopens);
            }
            return Response.seeOther(URI.create("/projects/" + slug + "/retractions/" + done.id)).build();
        } catch (Problem problem) {
            if (problem.status() != 422) {
                throw problem;
            }
            return Response.status(problem.status()).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                    .entity(Templates.preview(preview(project, rating, reviewer, reason, problem.detail())).render())
                    .build();
        }
    }

    @GET
    @Path("{id}")
    public TemplateInstance done(String slug, long id) {
        Project project = projects.require(slug);
        Retraction retraction = retractions.require(project, id);
        return Templates.done(new RetractionView.Done(ProjectHead.of(project), row(retraction), retraction.reopened,
                effects.of(retractions.ratings(retraction))));
    }

    private RetractionView.Preview preview(
            Project project, UUID rating, Long reviewer, String reason, String problem) {
        if (rating != null) {
            Retractions.Given given = of(project, rating);
            return new RetractionView.Preview(ProjectHead.of(project), given.reviewer().displayName, false, "rating",
                    rating.toString(), effects.of(List.of(rating)), reason, problem);
        }
        Account whose = whose(reviewer);
        return new RetractionView.Preview(ProjectHead.of(project), whose.displayName, true, "reviewer",
                Long.toString(whose.id), effects.ofReviewer(project, whose), reason, problem);
    }

    private Account whose(Long reviewer) {
        if (reviewer == null) {
            throw Problem.badRequest("unreadable-address", "The address cannot be read",
                    "Say which rating, or whose ratings, on the page Retractions.");
        }
        return accounts.require(reviewer);
    }

    /** A rating of another project is none of this page's. */
    private Retractions.Given of(Project project, UUID rating) {
        Retractions.Given given = retractions.given(rating);
        if (!given.project().id.equals(project.id)) {
            throw Problem.notFound("unknown-rating", "There is no such rating",
                    "The project " + project.slug + " has no rating " + rating + ".");
        }
        return given;
    }

    private RetractionView.Row row(Retraction retraction) {
        return new RetractionView.Row(retraction.id, name(retraction.accountId), retraction.ratingId == null,
                retractions.ratings(retraction).size(), retraction.reason, name(retraction.authorId),
                retraction.createdAt);
    }

    private static String name(long id) {
        return Account.<Account>findById(id).displayName;
    }
}
