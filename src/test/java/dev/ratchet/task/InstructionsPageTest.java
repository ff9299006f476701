package dev.ratchet.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lead sees and can do on the page of a project's questions and guidelines, without JavaScript. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InstructionsPageTest {
    private static final String ONE_TEXT = """
            [{"kind": "text", "name": "why", "title": "What is wrong?", "help": "", "required": true, "maxLength": 90}]
            """;

    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    @Inject
    RatingDesk desk;

    private Account account;
    private Visitor lead;
    private Project project;
    private String address;

    @BeforeEach
    void signIn() {
        account = fixture.account("Lena Lead", Role.LEAD);
        lead = Visitor.of(account);
        project = fixture.projectWithTasks("Customer support", 3);
        address = "/projects/" + project.slug + "/instructions";
    }

    @Test
    void aLeadChangesGuidelinesAndQuestionsAndTheRecordNamesWhoAndWhy() {
        Response saved = lead.send(form(), Map.of("guidelines", "Be *brief*.", "questions", ONE_TEXT, "note", "Short"));
        assertThat(saved.statusCode()).isEqualTo(303);
        Document page = lead.page(address + "?saved=2");
        assertThat(page.select("[role=status]").text()).contains("Version 2 holds now");
        assertThat(page.select("tbody tr").first().text()).contains("2 Short Lena Lead");
        assertThat(page.select("#preview em").text()).isEqualTo("brief");
        assertThat(page.select("#preview [data-kind=text] legend").text()).contains("What is wrong?");
        Instructions now = QuarkusTransaction.requiringNew().call(() -> Instructions.of(project.id, 2));
        assertThat(now.authorId).isEqualTo(account.id);
        assertThat(now.questions.list()).singleElement().satisfies(q -> assertThat(q.name()).isEqualTo("why"));
        assertThat(lead.page(address + "?from=1").select("#questions").val()).contains("Which answer is better?");
    }

    @Test
    void everyRecipeCanBeStartedFromAndIsPreviewed() {
        for (Recipe recipe : Recipe.values()) {
            Document page = lead.page(address + "?recipe=" + recipe.id());
            assertThat(page.select("#preview .question")).hasSameSizeAs(recipe.questions().list());
        }
    }

    @Test
    void aWrongQuestionIsSaidAtItsPlaceAndNothingIsLost() {
        Response refused = lead.send(form(), Map.of("guidelines", "New words", "note", "n",
                "questions", ONE_TEXT.replace("90", "0")));
        assertThat(refused.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(refused.asString());
        assertThat(page.select("[role=alert]").text()).contains("Question 1: maxLength must be 1 to 20000");
        assertThat(page.select("#instructions-form").attr("data-wrong-at")).isEqualTo("0.maxLength");
        assertThat(page.select("#guidelines").val()).isEqualTo("New words");
        assertThat(refusal("[{\"kind\": \"telepathy\"}]")).contains("cannot be read at line 1");
        assertThat(refusal("[{")).contains("not JSON");
        assertThat(refusal("[null]")).contains("cannot be");
        assertThat(refusal(ONE_TEXT.replace("\"help\"", "\"hlep\""))).contains("hlep");
        assertThat(QuarkusTransaction.requiringNew().call(() -> projects.require(project.slug).instructionsVersion))
                .isEqualTo(1);
    }

    @Test
    void aChangeFromAnOldVersionIsRefusedWithWhatHoldsNow() {
        Element first = form();
        Element second = form();
        assertThat(lead.send(first, Map.of("guidelines", "One", "note", "one")).statusCode()).isEqualTo(303);
        Response late = lead.send(second, Map.of("guidelines", "Two", "note", "two"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(late.asString()).select("[role=alert]").text()).contains("Version 2 holds now");
    }

    @Test
    void warnsWithFiguresWhereRatingsAndLeasesStand() {
        assertThat(lead.page(address).select("#use")).isEmpty();
        desk.submit(account, RatingFixture.prefer(desk.lease(account, project).orElseThrow(), 2));
        desk.lease(account, project).orElseThrow();
        assertThat(lead.page(address).select("#use").text())
                .contains("1 rating answered version 1, and 1 task is open with it")
                .contains("agreement is shown per version");
    }

    @Test
    void thePreviewShowsWhatIsAskedOfAsManyAnswersAsWanted() {
        Element form = form();
        form.attr("action", address + "/preview");
        Response preview = lead.swap(form, Map.of("responses", "5", "questions", """
                [{"kind": "ranking", "name": "order", "title": "Order?", "required": true, "ties": true}]"""));
        Document shown = Jsoup.parse(preview.asString());
        assertThat(shown.select(".ranking li")).hasSize(5);
        assertThat(shown.select("option[selected]").first().text()).isEqualTo("5");
    }

    @Test
    void aReviewerIsNotLetIn() {
        Visitor reviewer = Visitor.of(fixture.account("Rita Reviewer", Role.REVIEWER));
        assertThat(reviewer.get(address).statusCode()).isEqualTo(403);
    }

    @Test
    void aNewProjectAsksWhatItsRecipeSays() {
        String slug = "r-" + UUID.randomUUID();
        Response made = lead.send(lead.page("/projects/new").selectFirst("main form"), Map.of(
                "slug", slug, "name", "Ranked", "guidelines", "", "overlap", "2", "recipe", "ranking"));
        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(QuarkusTransaction.requiringNew().call(() ->
                Instructions.current(projects.require(slug)).questions)).isEqualTo(Recipe.RANKING.questions());
    }

    private Element form() {
        Element form = lead.page(address).selectFirst("#instructions-form");
        form.select("[name=sensitive]").remove();
        return form;
    }

    private String refusal(String questions) {
        Response refused = lead.send(form(), Map.of("questions", questions, "note", "n"));
        assertThat(refused.statusCode()).isEqualTo(422);
        return Jsoup.parse(refused.asString()).select("[role=alert]").text();
    }
}
