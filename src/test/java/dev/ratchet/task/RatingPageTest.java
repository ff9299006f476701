package dev.ratchet.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.question.Option;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Safety;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RatingPageTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingDesk desk;

    private Account reviewer;
    private Visitor visitor;

    @BeforeEach
    void signIn() {
        reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        visitor = Visitor.of(reviewer);
    }

    @Test
    void showsThePromptAndTwoAnswersWithAllThatAFormNeeds() {
        Project project = fixture.projectWithTasks("Support", 3);
        Document page = visitor.page(rate(project));
        Element asked = page.selectFirst(".prompt [data-role=user]");
        assertThat(asked.text()).isEqualTo(asked.attr("data-raw")).isNotBlank();
        assertThat(page.select("#answer-A").attr("data-raw")).isNotBlank();
        assertThat(page.select("#answer-B").attr("data-raw")).isNotBlank();
        Element form = form(page);
        assertThat(form.attr("data-task")).isNotBlank();
        assertThat(form.attr("data-assignment")).isEqualTo(form.select("[name=assignmentId]").val());
        assertThat(form.select("button[name^=q.]").eachAttr("value"))
                .containsExactly("-3", "-2", "-1", "tie", "1", "2", "3", "both_bad");
        assertThat(page.text()).doesNotContain("policy-1");
    }

    @Test
    void sendsSomebodyWhoIsNotSignedInToTheSignInPage() {
        Response answer = Visitor.anonymous().get(rate(fixture.projectWithTasks("Support", 1)));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.header("Location")).endsWith("/login");
    }

    @Test
    void storesARatingAndAnswersTheNextTaskAsAFragment() {
        Project project = fixture.projectWithTasks("Support", 3);
        Document page = visitor.page(rate(project));
        Response answer = visitor.swap(
                form(page), Map.of("q.preference", "-2", "q.comment", "clearer", "activeMillis", "4200"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).startsWith("<section id=\"rating\"").doesNotContain("<html");
        Document next = Jsoup.parse(answer.asString());
        assertThat(next.select("#rated-by-me").text()).isEqualTo("1");
        assertThat(next.select("#toast").text()).contains("Rated: A better").contains("Undo");
        assertThat(form(next).attr("data-task")).isNotEqualTo(form(page).attr("data-task"));
        MyRating stored = desk.history(reviewer, project, 1).get(0);
        assertThat(stored.answers().at("/preference/strength").intValue()).isEqualTo(-2);
        assertThat(stored.answers().path("comment").textValue()).isEqualTo("clearer");
    }

    @Test
    void worksWithoutJavaScript() {
        Project project = fixture.projectWithTasks("Support", 2);
        Response answer = visitor.send(form(visitor.page(rate(project))), Map.of("q.preference", "tie"));
        assertThat(answer.statusCode()).isEqualTo(303);
        Document next = visitor.page(URLDecoder.decode(
                answer.header("Location").replaceFirst(".*(?=/projects/)", ""), StandardCharsets.UTF_8));
        assertThat(next.select("#toast").text()).contains("Rated: Tie");
        assertThat(next.select("#rated-by-me").text()).isEqualTo("1");
    }

    @Test
    void countsTheSameFormSentTwiceOnce() {
        Project project = fixture.projectWithTasks("Support", 3);
        Element form = form(visitor.page(rate(project)));
        visitor.swap(form, Map.of("q.preference", "3"));
        Response again = visitor.swap(form, Map.of("q.preference", "3"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(again.asString()).select("#rated-by-me").text()).isEqualTo("1");
    }

    @Test
    void takesARatingBackAndShowsItsTaskAgain() {
        Project project = fixture.projectWithTasks("Support", 3);
        Document page = visitor.page(rate(project));
        Document next = Jsoup.parse(visitor.swap(form(page), Map.of("q.preference", "1")).asString());
        Response undone = visitor.swap(next.selectFirst("#undo-form"), Map.of());
        assertThat(undone.statusCode()).isEqualTo(200);
        Document again = Jsoup.parse(undone.asString());
        assertThat(form(again).attr("data-task")).isEqualTo(form(page).attr("data-task"));
        assertThat(again.select("#rated-by-me").text()).isEqualTo("0");
        assertThat(again.select("#answer-A").attr("data-raw"))
                .isEqualTo(page.select("#answer-A").attr("data-raw"));
    }

    @Test
    void anUndoWhoseAnswerWasLostTakesBackNothingMore() {
        Project project = fixture.projectWithTasks("Support", 3);
        Document second = Jsoup.parse(
                visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "1")).asString());
        Element early = second.selectFirst("#undo-form");
        Document third = Jsoup.parse(visitor.swap(form(second), Map.of("q.preference", "2")).asString());
        for (int press = 0; press < 2; press++) {
            Response undone = visitor.swap(third.selectFirst("#undo-form"), Map.of());
            assertThat(undone.statusCode()).isEqualTo(200);
            Document page = Jsoup.parse(undone.asString());
            assertThat(page.select("#rated-by-me").text()).isEqualTo("1");
            assertThat(form(page).attr("data-task")).isEqualTo(form(second).attr("data-task"));
        }
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "2"));
        Response stale = visitor.swap(early, Map.of());
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(stale.asString()).select("[role=alert]").text())
                .contains("not your last rating").contains("Nothing was changed");
        assertThat(desk.history(reviewer, project, 10)).hasSize(2);
    }

    @Test
    void theQueuePageUndoesTheRatingBesideTheButtonOnly() {
        Project project = fixture.projectWithTasks("Support", 3);
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "1"));
        Element undo = visitor.page("/queue").selectFirst("td form");
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "2"));
        Response stale = visitor.send(undo, Map.of());
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.asString()).contains("<html").contains("Nothing was changed");
        assertThat(desk.history(reviewer, project, 10)).hasSize(2);
        Response undone = visitor.send(visitor.page("/queue").selectFirst("td form"), Map.of());
        assertThat(undone.statusCode()).isEqualTo(303);
        assertThat(desk.history(reviewer, project, 10)).singleElement().extracting(MyRating::answers)
                .isEqualTo(RatingFixture.preference(1));
    }

    @Test
    void theQueuePageFoldsTextsOfASensitiveProject() {
        Project project = fixture.projectWithTasks("Support", 1);
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "1", "q.comment", "so rude"));
        assertThat(visitor.page("/queue").select("td details")).isEmpty();
        QuarkusTransaction.requiringNew().run(() -> {
            Project stored = Project.findById(project.id);
            stored.settings = stored.settings.withSensitive(true);
        });
        Element prompt = visitor.page("/queue").selectFirst("td:first-child");
        assertThat(prompt.selectFirst("details summary").text()).isEqualTo("These texts may disturb");
        assertThat(prompt.selectFirst("details").ownText()).isNotEmpty();
        prompt.selectFirst("details").remove();
        assertThat(prompt.text()).isEmpty();
    }

    @Test
    void takesACommentOf4000CharactersInAnyScript() {
        Project project = fixture.projectWithTasks("Support", 1);
        String comment = "語".repeat(4_000);
        Response answer = visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "1", "q.comment", comment));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(desk.history(reviewer, project, 1).get(0).answers().path("comment").textValue())
                .isEqualTo(comment);
    }

    @Test
    void theTokenOfAFormLastsAsLongAsTheSession() {
        Response page = visitor.get(rate(fixture.projectWithTasks("Support", 1)));
        assertThat(page.detailedCookie("csrf-token").getMaxAge()).isEqualTo(36_000);
    }

    @Test
    void saysThatThereIsNothingToUndo() {
        Project project = fixture.projectWithTasks("Support", 1);
        Response answer = visitor.swap(visitor.page(rate(project)).selectFirst("#undo-form"), Map.of());
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(answer.asString()).select("[role=alert]").text()).contains("nothing to undo");
    }

    @Test
    void aSkipTellsItsReason() {
        Project project = fixture.projectWithTasks("Support", 2);
        Element form = visitor.page(rate(project)).selectFirst("#skip-form");
        visitor.swap(form, Map.of("why", "Not my field", "reason", " tax law "));
        Assignment skipped = QuarkusTransaction.requiringNew().call(() ->
                Assignment.findById(UUID.fromString(form.select("[name=assignmentId]").val())));
        assertThat(skipped.skipReason).isEqualTo("Not my field: tax law");
    }

    @Test
    void thatNothingIsUnsafeIsAnAnswerThatMustBeGiven() {
        Project project = fixture.projectAsking(new Questions(List.of(new Safety("unsafe", "Unsafe?", "", true,
                List.of(new Option("hate", "Hate"))))), 1, 1);
        Element form = form(visitor.page(rate(project)));
        assertThat(visitor.swap(form, Map.of()).statusCode()).isEqualTo(422);
        assertThat(visitor.swap(form, Map.of("q.unsafe", "safe")).statusCode()).isEqualTo(200);
        assertThat(desk.history(reviewer, project, 1).get(0).answers().path("unsafe").isEmpty()).isTrue();
    }

    @Test
    void myActiveHoursStandOnMyQueueAndCanBeTakenAway() {
        Project project = fixture.projectWithTasks("Support", 3);
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "-2", "activeMillis", "1500000"));
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "tie", "activeMillis", "300000"));
        assertThat(visitor.page("/queue").select("[aria-labelledby=hours-head] tbody tr").text())
                .contains("Support 2 30 min 00 s");
        Response csv = visitor.get("/queue/hours.csv");
        assertThat(csv.contentType()).startsWith("text/csv");
        assertThat(csv.asString()).startsWith("day,project,ratings,active_seconds,active_hours\r\n")
                .contains("," + project.slug + ",2,1800,0.50\r\n");
    }

    @Test
    void skipsATaskForGood() {
        Project project = fixture.projectWithTasks("Support", 2);
        Document page = visitor.page(rate(project));
        Document next = Jsoup.parse(
                visitor.swap(page.selectFirst("#skip-form"), Map.of()).asString());
        assertThat(form(next).attr("data-task")).isNotEqualTo(form(page).attr("data-task"));
        assertThat(next.select("#toast").text()).contains("Skipped");
    }

    @Test
    void saysWhatToDoWhenTheQueueIsEmpty() {
        Project project = fixture.projectWithTasks("Support", 1);
        Response answer = visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "both_bad"));
        Document empty = Jsoup.parse(answer.asString());
        assertThat(empty.select("#rating-form")).isEmpty();
        assertThat(empty.select("#queue-empty").text()).contains("You have rated everything here");
        assertThat(empty.select("#queue-empty a").attr("href")).isEqualTo("/queue");
    }

    @Test
    void refusesInPlaceWhatIsNotMineToRateAndLosesNothing() {
        Project project = fixture.projectWithTasks("Support", 3);
        Visitor other = Visitor.of(fixture.account("Otto", Role.REVIEWER));
        Element theirs = form(other.page(rate(project)));
        Element mine = form(visitor.page(rate(project)));
        Response answer = visitor.swap(mine, Map.of(
                "q.preference", "2", "assignmentId", theirs.attr("data-assignment"), "taskId", theirs.attr("data-task")));
        assertThat(answer.statusCode()).isEqualTo(403);
        Document page = Jsoup.parse(answer.asString());
        assertThat(page.select("[role=alert]").text()).contains("not yours").contains("Nothing was stored");
        assertThat(form(page).attr("data-task")).isEqualTo(mine.attr("data-task"));
        assertThat(page.select("#rated-by-me").text()).isEqualTo("0");
    }

    @Test
    void saysInTheReviewersLanguageWhyNothingWasStored() {
        Element form = form(visitor.page(rate(fixture.projectWithTasks("Support", 2))));
        visitor.speak("de");
        Response answer = visitor.swap(form, Map.of("q.preference", "2", "assignmentId", UUID.randomUUID().toString()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Jsoup.parse(answer.asString()).select("[role=alert]").text())
                .contains("Die Aufgabe ist nicht Ihre").contains("Nichts wurde gespeichert");
    }

    @Test
    void refusesAResponseThatIsNotInTheTask() {
        Element form = form(visitor.page(rate(fixture.projectWithTasks("Support", 2))));
        Response answer = visitor.swap(form, Map.of("q.preference", "2", "responseIds", "1,999999999"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.asString()).select("[role=alert]").text()).contains("The page showed other answers");
    }

    @Test
    void refusesAFormThatCannotBeRead() {
        Element form = form(visitor.page(rate(fixture.projectWithTasks("Support", 2))));
        assertThat(visitor.swap(form, Map.of("q.preference", "9")).statusCode()).isEqualTo(422);
        assertThat(visitor.swap(form, Map.of("q.preference", "1", "ratingId", "x")).statusCode()).isEqualTo(400);
        Response plain = visitor.send(form, Map.of("q.preference", "1", "taskId", ""));
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(plain.asString()).contains("<html").contains("cannot be read");
    }

    @Test
    void refusesAFormWithoutTheTokenOfThisSite() {
        Project project = fixture.projectWithTasks("Support", 2);
        Element form = form(visitor.page(rate(project)));
        Response answer = visitor.send(form, Map.of("q.preference", "1", "csrf-token", ""));
        assertThat(answer.statusCode()).isBetween(400, 403);
        assertThat(desk.history(reviewer, project, 10)).isEmpty();
    }

    @Test
    void showsNothingThatActsOfWhatModelsWrite() {
        Project project = fixture.projectWithAnswers(
                "Support",
                "<script>alert('prompt')</script> help",
                "<img src=x onerror=alert(1)> [x](javascript:alert(1))",
                "\"><script>alert(2)</script><style>*{display:none}</style>");
        Document page = visitor.page(rate(project));
        assertThat(page.select(".prompt script, .answers script, .answers img, .answers style")).isEmpty();
        assertThat(page.select(".answers a[href^=javascript]")).isEmpty();
        assertThat(page.select(".prompt").text()).contains("<script>alert('prompt')</script>");
        assertThat(page.select("script:not([src])")).isEmpty();
    }

    @Test
    void changesAnEarlierRating() {
        Project project = fixture.projectWithTasks("Support", 2);
        visitor.swap(form(visitor.page(rate(project))), Map.of("q.preference", "-3"));
        Document queue = visitor.page("/queue");
        String change = queue.select("a[href*=/ratings/]").attr("href");
        Document page = visitor.page(change);
        assertThat(page.select("input[type=radio][checked]").attr("value")).isEqualTo("-3");
        Element form = page.selectFirst("#rating-form");
        form.attr("action", change);
        assertThat(visitor.send(form, Map.of("q.preference", "tie")).statusCode()).isEqualTo(303);
        assertThat(visitor.page("/queue").select("td .chip").text()).isEqualTo("Tie");
        Visitor other = Visitor.of(fixture.account("Otto", Role.REVIEWER));
        assertThat(other.get(change).statusCode()).isEqualTo(404);
    }

    private static String rate(Project project) {
        return "/projects/" + project.slug + "/rate";
    }

    private static Element form(Document page) {
        return page.selectFirst("#rating-form");
    }
}
