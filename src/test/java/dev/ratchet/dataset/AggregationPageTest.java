package dev.ratchet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** A lead chooses on a page who counts how much, and sees beside it what each reviewer would count. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AggregationPageTest {
    private static final int TASKS = 10;

    @Inject
    PageFixture pages;

    @Inject
    RatingFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    Projects projects;

    @Test
    void aLeadChoosesThePolicyAndSeesWhatEachReviewerWouldCount() {
        Account lead = pages.account("Lena Lead", Role.LEAD);
        Project project = fixture.project(3);
        Visitor visitor = Visitor.of(lead);
        assertThat(visitor.page(at(project)).select("#weights").text()).contains("No reviewer has preferred");
        fixture.tasks(project, TASKS);
        Account against = pages.account("Mallory", Role.REVIEWER);
        List<Account> team = List.of(pages.account("Ada", Role.REVIEWER), pages.account("Ben", Role.REVIEWER), against);
        for (int task = 0; task < TASKS; task++) {
            for (Account reviewer : team) {
                // Which of the two is the better one differs from task to task, as it does in life.
                desk.submit(reviewer, RatingFixture.preferSmaller(
                        desk.lease(reviewer, project).orElseThrow(), reviewer != against == (task % 2 == 0)));
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("delivered_rating where project_id = ?1", project.id)).isEqualTo(3 * TASKS));

        Document page = visitor.page(at(project));
        assertThat(page.select("input[name=policy][checked]").val()).isEqualTo("mean-strength-v1");
        assertThat(page.select("#weights .headline").text()).isEqualTo("1 of 3 reviewers would count for nothing");
        assertThat(page.select("#weights tbody tr td:first-child").eachText()).containsExactly("Ada", "Ben", "Mallory");
        assertThat(page.select("#weights tbody tr").last().text()).startsWith("Mallory 0.00").endsWith("10");
        assertThat(Double.parseDouble(page.select("#weights tbody tr").first().child(1).text())).isGreaterThan(0.7);

        Element form = page.selectFirst("#policy");
        Response sent = visitor.send(form, Map.of("policy", "reliability-v1"));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(projects.require(project.slug).aggregation).isEqualTo("reliability-v1");
        Document chosen = visitor.page(at(project) + "?done=chosen");
        assertThat(chosen.select(".notice.good").text()).startsWith("The policy was chosen");
        assertThat(chosen.select("input[name=policy][checked]").val()).isEqualTo("reliability-v1");
        assertThat(visitor.page("/projects/" + project.slug + "/quality").select(".page-head a.button").attr("href"))
                .isEqualTo(at(project));

        Response refused = visitor.send(form, Map.of("policy", "best-of-all"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.asString()).select(".notice.bad").text()).contains("policy must be one of");
        assertThat(projects.require(project.slug).aggregation).isEqualTo("reliability-v1");
    }

    @Test
    void reviewersNeitherSeeNorChooseIt() {
        Project project = fixture.project(1);
        Visitor reviewer = Visitor.of(pages.account("Rita Reviewer", Role.REVIEWER));
        assertThat(reviewer.get(at(project)).statusCode()).isEqualTo(403);
        Document own = reviewer.page("/account");
        Element form = new Element("form").attr("action", at(project));
        form.append("<input name='policy' value='reliability-v1'>");
        own.select("form input[type=hidden]").stream().findFirst().ifPresent(csrf -> form.append(csrf.outerHtml()));
        assertThat(reviewer.send(form, Map.of()).statusCode()).isEqualTo(403);
        assertThat(projects.require(project.slug).aggregation).isEqualTo("mean-strength-v1");
    }

    private static String at(Project project) {
        return "/projects/" + project.slug + "/aggregation";
    }
}
