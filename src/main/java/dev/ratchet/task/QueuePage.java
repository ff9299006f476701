package dev.ratchet.task;

import dev.ratchet.platform.Language;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A reviewer's own page: the projects with what waits, and the last ratings, each of which can be changed. */
@Path("/")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class QueuePage {
    private static final int SHOWN_RATINGS = 20;
    private static final int MOST_PROJECTS = 200;
    private static final int EXCERPT = 120;

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance queue(QueueView view);
    }

    @Inject
    RatingDesk desk;

    @Inject
    Calibrations calibrations;

    @Inject
    ActiveHours hours;

    @Inject
    Projects projects;

    @Inject
    CurrentAccount account;

    @Inject
    Language language;

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
        for (Project project : projects.newest(account, MOST_PROJECTS)) {
            waiting.add(QueueView.Waiting.of(project, desk.progress(reviewer, project),
                    calibrations.state(reviewer, project, Routing.of(project.id))));
            List<MyRating> ratings = desk.history(reviewer, project, SHOWN_RATINGS);
            for (int at = 0; at < ratings.size(); at++) {
                past.add(past(project, ratings.get(at), at == 0));
            }
        }
        past.sort(Comparator.comparing(QueueView.Past::ratedAt).reversed());
        waiting.sort(Comparator.comparing(QueueView.Waiting::available).reversed());
        return Templates.queue(new QueueView(waiting, past.subList(0, Math.min(SHOWN_RATINGS, past.size())),
                hours.of(reviewer.id)));
    }

    /** The time that I worked, for my own records. */
    @GET
    @Path("queue/hours.csv")
    @Produces("text/csv")
    public Response hours() {
        return Response.ok(ActiveHours.csv(hours.of(account.get().id)))
                .header("Content-Disposition", "attachment; filename=\"active-hours.csv\"").build();
    }

    private QueueView.Past past(Project project, MyRating rating, boolean last) {
        String asked = rating.prompt().get(rating.prompt().size() - 1).content();
        return new QueueView.Past(
                project.slug,
                project.name,
                project.settings.sensitive(),
                rating.ratingId(),
                asked.length() > EXCERPT ? asked.substring(0, EXCERPT) + "…" : asked,
                AnswerSummary.of(language.messages(RatingMessages.class), rating.questions(), rating.answers(),
                        rating.responses().stream().map(Answer::responseId).toList()),
                AnswerSummary.text(rating.questions(), rating.answers()),
                rating.ratedAt(),
                last);
    }
}
