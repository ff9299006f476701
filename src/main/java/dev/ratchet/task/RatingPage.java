package dev.ratchet.task;

import dev.ratchet.platform.Language;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.CurrentProject;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
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
import jakarta.ws.rs.core.UriBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
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
    CurrentProject project;

    @Inject
    Refusals refusals;

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
        Project rated = project.require(slug);
        return page(200, views.of(rated, desk.turn(account.get(), rated), null, did.map(this::toast).orElse(null)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rate(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        return act(slug, htmx, (reviewer, within) -> {
            RatingForm form = new RatingForm(fields);
            Stored stored = desk.submit(reviewer, form.assignment(), form::submission);
            return RATED + AnswerSummary.of(words(), stored.questions(), stored.rated().answers(), form.responses())
                    + (stored.gold() ? told(within, reviewer, stored.rated()) : "");
        });
    }

    /** What the reviewer is told of a gold task, where the project tells it. */
    private String told(Project within, Account reviewer, Rated rated) {
        return !routing.settings(within).goldFeedback() ? "" : results
                .ofRating(within.id, reviewer.id, rated.ratingId())
                .map(result -> ". " + feedback(result)).orElse("");
    }

    private String feedback(GoldResult result) {
        RoundMessages texts = language.messages(RoundMessages.class);
        String said = result.allRight() ? texts.feedbackRight() : texts.feedbackWrong(result.expected());
        return result.explanation().isEmpty() ? said : said + " " + result.explanation();
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("skip")
    public Response skip(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        return act(slug, htmx, (reviewer, within) -> {
            RatingForm form = new RatingForm(fields);
            desk.skip(reviewer, form.assignment(), form.reason());
            return "skipped";
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("undo")
    public Response undo(String slug, MultivaluedMap<String, String> fields, @RestHeader("HX-Request") boolean htmx) {
        return act(slug, htmx, (reviewer, within) -> {
            UUID rating = new RatingForm(fields).rating().orElseThrow(() -> Problem.conflict(
                    "nothing-to-undo",
                    "There is nothing to undo",
                    "The page showed no rating of yours in this project. Nothing was changed; rate the task below."));
            desk.undo(reviewer, within, rating);
            return "undone";
        });
    }

    /** Starts another attempt at the calibration round. */
    @POST
    @Path("again")
    public Response again(String slug) {
        calibrations.retry(account.get(), project.require(slug));
        return Response.seeOther(UriBuilder.fromPath("/projects/{slug}/rate").build(slug)).build();
    }

    /** Something that a reviewer does; the answer is what {@link #show} can tell of it. */
    @FunctionalInterface
    private interface Act {
        String by(Account reviewer, Project within);
    }

    private Response act(String slug, boolean htmx, Act act) {
        Account reviewer = account.get();
        Project within = project.require(slug);
        try {
            String did = act.by(reviewer, within);
            return htmx
                    ? fragment(200, views.of(within, desk.turn(reviewer, within), null, toast(did)))
                    : Response.seeOther(UriBuilder.fromPath("/projects/{slug}/rate")
                            .queryParam("did", "{did}").build(slug, did)).build();
        } catch (Problem problem) {
            RatingView.Notice notice = refusals.notice(problem);
            RatingView view = views.of(within, desk.turn(reviewer, within), notice, null);
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
                // As bytes: text would be encoded by the network layer, which is several times slower.
                .entity(template.render().getBytes(StandardCharsets.UTF_8))
                .build();
    }
}
