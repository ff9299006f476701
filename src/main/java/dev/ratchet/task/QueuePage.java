package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;

/** A reviewer's own page: the projects with what waits, and the last ratings, each of which can be changed. */
@Path("/")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QueuePage {
    private static final int SHOWN_RATINGS = 20;
    /** How far back a rating can be looked up to be changed. */
    private static final int CHANGEABLE_RATINGS = 200;
    private static final int MOST_PROJECTS = 200;
    private static final int EXCERPT = 120;

    /** The type-safe templates. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance queue(QueueView view);

        static native TemplateInstance rating(RatingView.Past rating, List<Choice> choices);
    }

    @Inject
    RatingDesk desk;

    @Inject
    RatingViews views;

    @Inject
    Projects projects;

    @Inject
    CurrentAccount account;

    @GET
    public Response home() {
        return Response.seeOther(URI.create("/queue")).build();
    }

    @GET
    @Path("queue")
    public TemplateInstance queue() {
        Account reviewer = account.get();
        List<QueueView.Waiting> waiting = new ArrayList<>();
        List<QueueView.Past> past = new ArrayList<>();
        for (Project project : projects.list(0, MOST_PROJECTS)) {
            waiting.add(QueueView.Waiting.of(project, desk.progress(reviewer, project)));
            List<MyRating> ratings = desk.history(reviewer, project, SHOWN_RATINGS);
            for (int at = 0; at < ratings.size(); at++) {
                past.add(past(project, ratings.get(at), at == 0));
            }
        }
        past.sort(Comparator.comparing(QueueView.Past::ratedAt).reversed());
        waiting.sort(Comparator.comparing(QueueView.Waiting::available).reversed());
        return Templates.queue(new QueueView(waiting, past.subList(0, Math.min(SHOWN_RATINGS, past.size()))));
    }

    @GET
    @Path("projects/{slug}/ratings/{id}")
    public TemplateInstance rating(String slug, UUID id) {
        Project project = projects.require(slug);
        return Templates.rating(views.past(project, mine(project, id)), List.of(Choice.values()));
    }

    @POST
    @Path("projects/{slug}/ratings/{id}")
    public Response change(String slug, UUID id, @RestForm String choice, @RestForm String comment) {
        mine(projects.require(slug), id);
        Choice chosen = Choice.of(choice);
        desk.edit(account.get(), id, new Judgement(chosen.verdict(), chosen.strength(), comment));
        return Response.seeOther(URI.create("/queue")).build();
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

    private static QueueView.Past past(Project project, MyRating rating, boolean last) {
        String asked = rating.prompt().get(rating.prompt().size() - 1).content();
        return new QueueView.Past(
                project.slug,
                project.name,
                rating.ratingId(),
                asked.length() > EXCERPT ? asked.substring(0, EXCERPT) + "…" : asked,
                Choice.of(rating.verdict(), rating.strength()).label(),
                rating.comment(),
                rating.ratedAt(),
                last);
    }
}
