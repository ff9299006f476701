package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.question.Best;
import dev.ratchet.question.FreeText;
import dev.ratchet.question.Option;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Recipe;
import dev.ratchet.question.Rewrite;
import dev.ratchet.question.Safety;
import dev.ratchet.question.Scores;
import dev.ratchet.question.Spans;
import dev.ratchet.question.Tags;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A person answers every kind of question by keyboard, and loses nothing by a reload. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QuestionsBrowserTest {
    private static final List<Option> TWO = List.of(new Option("rude", "Rude"), new Option("long", "Too long"));
    private static final Questions MIXED = new Questions(List.of(
            new Ranking("order", "Put them in order", "", true, true),
            new Best("best", "Which is best?", "", true, true),
            new Scores("scores", "How good?", "", true, List.of(new Option("clear", "Clear"), new Option("true", "True")),
                    11, List.of(), false),
            new Tags("tags", "What applies?", "", false, TWO, true),
            new Safety("unsafe", "What is unsafe?", "", true, TWO),
            new FreeText("why", "Why?", "", false, 200),
            new Spans("marks", "Mark faults", "", false, TWO),
            new Rewrite("rewrite", "Write it better", "", false)));

    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    @Inject
    RatingDesk desk;

    @TestHTTPResource
    String address;

    @Test
    void everyKindOfQuestionIsAnsweredByKeyboardAndADraftOutlivesAReload() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(MIXED, 3, 2);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, complaints);
            press(page, "2", "1", "2", "Enter");
            assertThat(page.locator("#missing")).containsText("“Which is best?” is not answered yet");
            press(page, "3", "0", "-", "7", "6", "5", "4");
            // The tags of A and C, and nothing that is unsafe.
            press(page, "2", "ArrowDown", "ArrowDown", "1", "j", "0");
            press(page, "j", "1");
            page.keyboard().type("because 1 is 2 short");
            press(page, "Escape");
            page.waitForTimeout(300);

            page.reload();
            assertThat(page.locator("[data-stop]:focus")).hasCount(1);
            assertThat(page.locator("#restored")).isVisible();
            assertThat(page.locator("textarea[name='q.why']")).hasValue("because 1 is 2 short");
            // Words 2 and 3 of A, then word 1 of B.
            press(page, "m", "ArrowRight", "Shift+ArrowRight", "1", "r");
            page.keyboard().type("a number");
            press(page, "Escape", "m", "Tab", "2");
            assertThat(page.locator(".marks li")).hasCount(2);
            press(page, "j", "2");
            page.keyboard().press("Control+End");
            page.keyboard().type(" Done.");
            assertThat(page.locator(".changes ins")).containsText("Done.");
            press(page, "Control+Enter");
            assertThat(page.locator("#rated-by-me")).hasText("1");
            assertThat((Object) page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ratchet-draft')).length"))
                    .isEqualTo(0);
            press(page, "u");
            assertThat(page.locator("#rated-by-me")).hasText("0");
            assertThat(page.locator("input[type=radio]:checked")).hasCount(0);
            assertThat(desk.history(reviewer, project, 5)).isEmpty();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void whatWasPressedIsWhatIsStored() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(MIXED, 3, 1);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, complaints);
            press(page, "2", "1", "2", "3", "0", "-", "7", "6", "5", "4", "2", "ArrowDown", "ArrowDown", "1", "j", "0");
            press(page, "j", "1");
            page.keyboard().type("because 1 is 2 short");
            press(page, "Escape", "m", "ArrowRight", "Shift+ArrowRight", "1", "r");
            page.keyboard().type("a number");
            press(page, "Escape", "j", "2", "Control+End");
            page.keyboard().type(" Done.");
            press(page, "Control+Enter");
            assertThat(page.locator("#queue-empty")).isVisible();
        }
        MyRating rating = desk.history(reviewer, project, 1).get(0);
        List<Long> shown = rating.responses().stream().map(Answer::responseId).toList();
        JsonNode said = rating.answers();
        assertThat(shown).extracting(id -> said.path("order").path(Long.toString(id)).intValue()).containsExactly(2, 1, 2);
        assertThat(said.path("best").longValue()).isEqualTo(shown.get(2));
        assertThat(shown).extracting(id -> said.path("scores").path(Long.toString(id)).toString()).containsExactly(
                "{\"true\":11,\"clear\":10}", "{\"true\":6,\"clear\":7}", "{\"true\":4,\"clear\":5}");
        assertThat(said.path("tags").toString()).contains("\"" + shown.get(0) + "\":[\"long\"]")
                .contains("\"" + shown.get(2) + "\":[\"rude\"]");
        assertThat(said.path("unsafe").isObject()).isTrue();
        assertThat(said.path("unsafe")).isEmpty();
        JsonNode mark = said.path("marks").path(0);
        assertThat(rating.responses().get(0).text().substring(mark.path("start").intValue(), mark.path("end").intValue()))
                .matches("[123] is");
        assertThat(mark.path("label").textValue()).isEqualTo("rude");
        assertThat(mark.path("reason").textValue()).isEqualTo("a number");
        assertThat(said.path("why").textValue()).isEqualTo("because 1 is 2 short");
        assertThat(said.path("rewrite").path("response").longValue()).isEqualTo(shown.get(1));
        assertThat(said.path("rewrite").path("text").textValue()).isEqualTo(rating.responses().get(1).text() + " Done.");
        assertThat(complaints).isEmpty();
    }

    @Test
    void twoPreferencesOnOnePageAreEachAnsweredWithTheSameKeys() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(Recipe.HELPFUL_HARMLESS.questions(), 2, 1);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, new ArrayList<>());
            press(page, "2", "Enter");
            assertThat(page.locator("#missing")).containsText("Which answer does less harm?");
            press(page, "t", "2");
            page.context().setOffline(true);
            press(page, "Enter");
            assertThat(page.locator("#send-error")).containsText("They are kept here");
            page.context().setOffline(false);
            press(page, "Enter");
            assertThat(page.locator("#queue-empty")).isVisible();
        }
        JsonNode said = desk.history(reviewer, project, 1).get(0).answers();
        assertThat(said.at("/helpful/strength").intValue()).isEqualTo(-2);
        assertThat(said.at("/harmless/verdict").textValue()).isEqualTo("tie");
        assertThat(said.at("/unsafe").toString()).contains("self-harm");
    }

    @Test
    void anOrderIsMadeByMovingAndByTying() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(Recipe.RANKING.questions(), 4, 1);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, new ArrayList<>());
            // A goes below B, C ties with A, D stays last.
            press(page, "Alt+ArrowDown", "ArrowDown", "=", "Enter");
            assertThat(page.locator("#queue-empty")).isVisible();
        }
        MyRating rating = desk.history(reviewer, project, 1).get(0);
        assertThat(rating.responses()).extracting(answer ->
                rating.answers().path("order").path(Long.toString(answer.responseId())).intValue())
                .containsExactly(2, 1, 2, 3);
    }

    @Test
    void eightAnswersAreRankedByTheirNumbers() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(Recipe.RANKING.questions(), 8, 1);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, new ArrayList<>());
            assertThat((int) page.evaluate("document.documentElement.scrollHeight - innerHeight")).isZero();
            press(page, "8", "7", "6", "5", "4", "3", "2", "1", "Enter");
            assertThat(page.locator("#queue-empty")).isVisible();
        }
        MyRating rating = desk.history(reviewer, project, 1).get(0);
        assertThat(rating.responses()).extracting(answer ->
                rating.answers().path("order").path(Long.toString(answer.responseId())).intValue())
                .containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void codeAndFormulasAreSetUnderTheSecurityPolicyAndADifferenceIsShown() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectAsking(Questions.STANDARD, 2, 1);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, complaints);
            assertThat(page.locator("#answer-A code .hljs-comment")).hasText("// in place");
            assertThat(page.locator("#answer-A .math math")).hasCount(1);
            press(page, "d");
            assertThat(page.locator("#answer-A .difference ins")).hasText(Pattern.compile("[12]"));
            press(page, "d");
            assertThat(page.locator(".difference")).hasCount(0);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void longTextsFoldDisturbingOnesAreBlurredAndABreakIsSuggested() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithAnswers("Long", "Tell me a story", "It went on. ".repeat(900), "It ended.");
        projects.markSensitive(project, true);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project, new ArrayList<>());
            assertThat(page.locator("#answer-A .prose")).hasAttribute("aria-hidden", "true");
            assertThat(page.locator("#answer-A .prose")).hasCSS("filter", "blur(10px)");
            press(page, "v");
            assertThat(page.locator("#answer-A .prose")).hasCSS("filter", "none");
            assertThat(page.locator(".prose[aria-hidden]")).hasCount(0);

            assertThat(page.locator(".answer.folded")).hasCount(1);
            press(page, "f");
            assertThat(page.locator(".answer.folded")).hasCount(0);

            assertThat(page.locator("#break")).isHidden();
            page.evaluate("localStorage.setItem('ratchet-worked', JSON.stringify({at: Date.now(), millis: 3e6}))");
            assertThat(page.locator("#break")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
            press(page, "z");
            assertThat(page.locator("#break")).isHidden();
        }
    }

    private Page rate(Chromium chromium, Account reviewer, Project project, List<String> complaints) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(address + "projects/" + project.slug + "/rate");
        page.getByLabel("Login").fill(reviewer.login);
        page.getByLabel("Password").fill(PageFixture.PASSWORD);
        page.keyboard().press("Enter");
        // The page takes keys from when it has put the focus where the first is needed.
        assertThat(page.locator("#answers:focus, [data-stop]:focus")).hasCount(1);
        return page;
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }
}
