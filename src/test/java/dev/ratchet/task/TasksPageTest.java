package dev.ratchet.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lead sees and can do on the page of a project's tasks, and a new reviewer in the first round. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TasksPageTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture rating;

    @Inject
    TaskList list;

    @Inject
    RoutingDesk routing;

    @Inject
    RatingDesk desk;

    private Visitor lead;
    private Visitor reviewer;
    private Account rita;
    private Project project;
    private String address;

    @BeforeEach
    void signIn() {
        lead = Visitor.of(fixture.account("Lena Lead", Role.LEAD));
        rita = fixture.account("Rita Reviewer", Role.REVIEWER);
        reviewer = Visitor.of(rita);
        project = fixture.projectWithTasks("Customer support", 3);
        address = "/projects/" + project.slug + "/tasks";
    }

    @Test
    void aLeadChangesTheTasksThatAreTickedAndAllThatAFilterFinds() {
        List<Long> tasks = tasks();
        Document page = lead.page(address);
        assertThat(page.select("tbody tr")).hasSize(3);
        assertThat(page.select("#list-head").text()).isEqualTo("3 of 3 tasks");
        Response changed = lead.send(page.selectFirst("#change"),
                Map.of("task", tasks.get(1).toString(), "scope", "ticked", "what", "tags", "value", "de, Medicine"));
        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(lead.page(changed.header("Location").replaceFirst("^https?://[^/]+", "")).select("[role=status]").text())
                .contains("1 changed");
        Document tagged = lead.page(address + "?tag=de");
        assertThat(tagged.select("tbody tr")).hasSize(1);
        assertThat(tagged.select("tbody .chip").eachText()).contains("de", "medicine");
        lead.send(tagged.selectFirst("#change"), Map.of("scope", "all", "what", "accounts", "value", rita.login));
        assertThat(lead.page(address + "?assigned=yes").select("tbody tr").text()).contains(rita.login);
        lead.send(tagged.selectFirst("#change"), Map.of("scope", "all", "what", "everybody"));
        assertThat(lead.page(address + "?assigned=yes").select(".empty").text()).contains("No task fits the filter");
    }

    @Test
    void whatAModelWroteIsTextAndNeverMarkupOnThePageOfTheRightAnswers() {
        String written = "He said \"no\" <img src=x onerror=alert(1)> & left.";
        Project quoted = fixture.projectWithAnswers("Quotes", "What did he say?", written, "Nothing.");
        Document page = lead.page("/projects/" + quoted.slug + "/tasks/" + fixture.firstTask(quoted));
        assertThat(page.select(".answer").eachAttr("data-raw")).contains(written);
        assertThat(page.select("#rating-form img")).isEmpty();
    }

    @Test
    void whatCannotBeIsSaidAndChangesNothing() {
        Element change = lead.page(address).selectFirst("#change");
        Response number = lead.send(change, Map.of("scope", "all", "what", "priority", "value", "high"));
        assertThat(number.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(number.asString()).select("[role=alert]").text())
                .contains("Nothing was changed: priority must be a whole number");
        assertThat(lead.send(change, Map.of("task", "x", "scope", "ticked", "what", "priority", "value", "1")).statusCode())
                .isEqualTo(422);
        assertThat(lead.page(address + "?status=lost").select("[role=alert]").text()).contains("status must be one of");
        assertThat(lead.send(lead.page(address).selectFirst("#mix"), Map.of("goldPercent", "60")).statusCode()).isEqualTo(422);
        assertThat(reviewer.get(address).statusCode()).isEqualTo(403);
        assertThat(Visitor.anonymous().get(address).statusCode()).isEqualTo(302);
    }

    @Test
    void aProjectWithoutTasksSaysHowToGetSome() {
        Project empty = fixture.project("Nothing yet");
        assertThat(lead.page("/projects/" + empty.slug + "/tasks").select(".empty a.primary").attr("href"))
                .isEqualTo("/projects/" + empty.slug + "/prompts");
    }

    @Test
    void aLeadGivesTheRightAnswersAndTakesThemBack() {
        long task = tasks().get(0);
        Element form = lead.page(address + "/" + task).selectFirst("#rating-form");
        Response missing = lead.send(form, Map.of("purpose", "gold", "q.preference", ""));
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(missing.asString()).select("[role=alert]").text()).contains("answers.preference is missing");
        assertThat(lead.send(form, Map.of("purpose", "gold", "q.preference", "-2", "explanation", "It <b>helps</b>."))
                .statusCode()).isEqualTo(303);
        assertThat(lead.page(address + "?purpose=gold").select("tbody tr")).hasSize(1);
        Document stored = lead.page(address + "/" + task);
        assertThat(stored.select("input[name=q.preference][checked]").val()).isEqualTo("-2");
        assertThat(stored.select("#explanation").val()).isEqualTo("It <b>helps</b>.");
        lead.send(stored.select("form[action$=/work]").first(), Map.of());
        assertThat(lead.page(address + "?purpose=gold").select("tbody tr")).isEmpty();
        assertThat(reviewer.get(address + "/" + task).statusCode()).isEqualTo(403);
        assertThat(lead.get("/projects/" + fixture.project("Other").slug + "/tasks/" + task).statusCode()).isEqualTo(404);
    }

    @Test
    void aNewReviewerIsToldOfTheFirstRoundAndALeadLetsThemThrough() {
        long task = tasks().get(0);
        lead.send(lead.page(address + "/" + task).selectFirst("#rating-form"),
                Map.of("purpose", "calibration", "q.preference", "tie", "explanation", "Neither <i>helps</i>."));
        lead.send(lead.page(address).selectFirst("#mix"), Map.of("calibrationTasks", "1", "calibrationPercent", "90"));
        String rate = "/projects/" + project.slug + "/rate";
        Document first = reviewer.page(rate);
        assertThat(first.select(".rating-notice").text()).contains("You have done 0 of 1", "90%");
        Document failed = Jsoup.parse(reviewer.swap(first.selectFirst("#rating-form"), Map.of("q.preference", "3")).asString());
        assertThat(failed.select("#queue-empty").text()).contains("not passed", "B much better", "Tie", "Neither <i>helps</i>.",
                "Ask a lead");
        assertThat(reviewer.page("/queue").select(".card").text()).contains("not passed");
        Element let = lead.page(address).select("form[action*=/calibration/]").first();
        assertThat(lead.page(address).select("#round-head").text()).isEqualTo("Calibration round");
        assertThat(lead.send(let, Map.of()).statusCode()).isEqualTo(303);
        assertThat(reviewer.page(rate).select("#rating-form")).hasSize(1);
        assertThat(reviewer.send(let, Map.of()).statusCode()).isEqualTo(403);
    }

    @Test
    void aReviewerIsToldOfACheckWhereTheProjectSaysSo() {
        for (long task : tasks()) {
            lead.send(lead.page(address + "/" + task).selectFirst("#rating-form"),
                    Map.of("purpose", "gold", "q.preference", "tie", "explanation", "Neither helps."));
        }
        routing.set(project, new RoutingSettings(0.5, true, 0, 0.8, 0.2));
        rating.tasks(project, 60);
        boolean told = false;
        for (int i = 0; i < 60 && !told; i++) {
            Document page = reviewer.page("/projects/" + project.slug + "/rate");
            Document next = Jsoup.parse(reviewer.swap(page.selectFirst("#rating-form"), Map.of("q.preference", "3")).asString());
            told = next.select("#toast").text().contains("That was a check. Expected: Tie. Neither helps.");
        }
        assertThat(told).isTrue();
    }

    private List<Long> tasks() {
        return list.list(project, TaskFilter.ALL, 0, 100).stream().map(TaskList.Row::id).toList();
    }
}
