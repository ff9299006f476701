package dev.ratchet.task;

import dev.ratchet.platform.Language;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.question.Questions;
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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The rating page. A post answers the next task as a fragment to htmx; to a plain form it answers a redirect, so that
 * the page works without JavaScript and a reload repeats nothing.
 */
@Path("/projects/{slug}/rate")
@RolesAllowed({Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RatingPage {

    /** What {@code did} starts with after a rating; a summary of its answers follows. */
    private static final String RATED = "rated ";

    /** The type-safe template; its fragment is what a rating swaps. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance rate(RatingView view);

        static native TemplateInstance rate$rating(RatingView view);
    }

    @Inject
    RatingDesk desk;

    @Inject
    RatingViews views;

    @Inject
    Projects projects;

    @Inject
    Calibrations calibrations;

    @Inject
    RoutingDesk routing;

    @Inject
    GoldResults results;

    @Inject
    CurrentAccount account;

    @Inject
    Language language;

    /** @param did what a redirect after a post says was done: {@code rated …}, {@code skipped} or {@code undone} */
    @GET
    public Response show(String slug, @RestQuery Optional<String> did) {
        Account reviewer = account.get();
        Project project = projects.require(slug);
        LeasedTask task = desk.lease(reviewer, project).orElse(null);
        return page(200, views.of(reviewer, project, task, null, did.map(this::toast).orElse(null)));
    }

    @POST
    public Response rate(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        return act(slug, htmx, reviewer -> {
            RatingForm form = new RatingForm(fields);
            Questions questions = desk.questions(reviewer, form.assignment());
            Rated rated = desk.submit(reviewer, form.submission(questions));
            return new Done(RATED + AnswerSummary.of(words(), questions, rated.answers(), form.responses())
                    + told(projects.require(slug), reviewer, rated), null);
        });
    }

    /** What the reviewer is told of a check, where the project tells it; empty for any other task. */
    private String told(Project project, Account reviewer, Rated rated) {
        return !routing.settings(project).goldFeedback() ? "" : results.ofRating(project.id, reviewer.id, rated.ratingId())
                .map(result -> ". " + feedback(result)).orElse("");
    }

    private String feedback(GoldResult result) {
        TasksMessages texts = language.messages(TasksMessages.class);
        String said = result.allRight() ? texts.feedbackRight() : texts.feedbackWrong(result.expected());
        return result.explanation().isEmpty() ? said : said + " " + result.explanation();
    }

    @POST
    @Path("skip")
    public Response skip(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        return act(slug, htmx, reviewer -> {
            RatingForm form = new RatingForm(fields);
            desk.skip(reviewer, form.assignment(), form.reason());
            return new Done("skipped", null);
        });
    }

    @POST
    @Path("undo")
    public Response undo(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        Project project = projects.require(slug);
        return act(slug, htmx, reviewer -> {
            UUID rating = new RatingForm(fields).rating().orElseThrow(() -> Problem.conflict(
                    "nothing-to-undo",
                    "There is nothing to undo",
                    "The page showed no rating of yours in this project. Nothing was changed; rate the task below."));
            return new Done("undone", desk.undo(reviewer, project, rating));
        });
    }

    /** Starts another attempt at the calibration round. */
    @POST
    @Path("again")
    public Response again(String slug) {
        calibrations.retry(account.get(), projects.require(slug));
        return Response.seeOther(UriBuilder.fromPath("/projects/{slug}/rate").build(slug)).build();
    }

    /** Something that a reviewer does; the answer is what {@link #show} can tell of it. */
    @FunctionalInterface
    private interface Act {
        Done by(Account reviewer);
    }

    /**
     * What was done.
     *
     * @param did as {@link #show} takes it
     * @param task the task to show next; null for the next one of the queue
     */
    private record Done(String did, LeasedTask task) {}

    private Response act(String slug, boolean htmx, Act act) {
        Account reviewer = account.get();
        Project project = projects.require(slug);
        Supplier<LeasedTask> next = () -> desk.lease(reviewer, project).orElse(null);
        try {
            Done done = act.by(reviewer);
            return htmx
                    ? fragment(200, views.of(
                            reviewer, project, done.task() == null ? next.get() : done.task(), null, toast(done.did())))
                    : Response.seeOther(UriBuilder.fromPath("/projects/{slug}/rate")
                            .queryParam("did", "{did}").build(slug, done.did())).build();
        } catch (Problem problem) {
            RatingView.Notice notice = new RatingView.Notice(problem.title(), problem.detail());
            RatingView view = views.of(reviewer, project, next.get(), notice, null);
            return htmx ? fragment(problem.status(), view) : page(problem.status(), view);
        }
    }

    /** Says what was done; an unknown word, which only a hand-written address has, says nothing. */
    private RatingView.Toast toast(String did) {
        if (did.startsWith(RATED)) {
            String said = did.substring(RATED.length());
            return new RatingView.Toast(
                    words().ratedAs(said.endsWith(".") ? said.substring(0, said.length() - 1) : said), true);
        }
        return switch (did) {
            case "skipped" -> new RatingView.Toast(words().skipped(), false);
            case "undone" -> new RatingView.Toast(words().takenBack(), false);
            default -> null;
        };
    }

    private RatingMessages words() {
        return language.messages(RatingMessages.class);
    }

    private static Response page(int status, RatingView view) {
        return html(status, Templates.rate(view));
    }

    private static Response fragment(int status, RatingView view) {
        return html(status, Templates.rate$rating(view));
    }

    private static Response html(int status, TemplateInstance template) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                // A task is leased to one person for a while: no cache may show it again.
                .header("Cache-Control", "no-store")
                .entity(template.render())
                .build();
    }
}
