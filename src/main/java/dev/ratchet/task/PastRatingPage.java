package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** One of my earlier ratings, to look at and to change. */
@Path("/projects/{slug}/ratings/{id}")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PastRatingPage {
    /** How far back a rating can be looked up to be changed. */
    private static final int CHANGEABLE_RATINGS = 200;

    /** The type-safe template. */
    @CheckedTemplate(basePath = "QueuePage")
    static class Templates {
        static native TemplateInstance rating(RatingView.Past rating, String back);
    }

    @Inject
    RatingDesk desk;

    @Inject
    RatingViews views;

    @Inject
    Projects projects;

    @Inject
    CurrentAccount account;

    /** @param from {@code rate} for who comes from the rating page, and goes back there */
    @GET
    public TemplateInstance show(String slug, UUID id, @RestQuery String from) {
        Project project = projects.require(slug);
        return Templates.rating(views.past(project, mine(project, id)), back(project, from));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(String slug, UUID id, @RestQuery String from, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        MyRating rating = mine(project, id);
        List<Long> responses = rating.responses().stream().map(Answer::responseId).toList();
        desk.edit(account.get(), id, FormAnswers.read(rating.questions(), responses, fields));
        return Response.seeOther(URI.create(back(project, from))).build();
    }

    private static String back(Project project, String from) {
        return "rate".equals(from) ? "/projects/" + project.slug + "/rate" : "/queue";
    }

    private MyRating mine(Project project, UUID id) {
        return desk.history(account.get(), project, CHANGEABLE_RATINGS).stream()
                .filter(rating -> rating.ratingId().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "rating-unknown",
                        "There is no such rating of yours",
                        "It may have been taken back. Your last ratings stand on the page Queue."));
    }
}
