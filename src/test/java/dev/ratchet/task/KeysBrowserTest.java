package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who rates for hours needs no mouse: each action has a key that the list names, and time is measured fairly. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class KeysBrowserTest {
    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    @Inject
    RatingFixture rows;

    @Inject
    RatingDesk desk;

    @TestHTTPResource
    String address;

    @Test
    void everyActionOfTheRatingPageHasAKeyAndTheListNamesIt() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Map<Questions, JsonNode> asked = Map.of(Questions.STANDARD, RatingFixture.preference(2),
                Recipe.REWRITE_AND_SPANS.questions(), RatingFixture.answers("{'best': 'none'}"));
        asked.forEach((questions, answers) -> {
            Project project = fixture.projectAsking(questions, 2, 3);
            projects.markSensitive(project, true);
            desk.submit(reviewer, RatingFixture.submission(
                    desk.lease(reviewer, project).orElseThrow(), UUID.randomUUID(), answers));
            try (Chromium chromium = Chromium.start()) {
                Page page = rate(chromium, reviewer, project);
                page.keyboard().press("?");
                List<String> listed = page.locator("#all-keys kbd").allTextContents().stream()
                        .map(key -> key.toLowerCase(Locale.ROOT)).toList();
                List<Locator> actions = page.locator("#rating :is(button, a.button):not([disabled])")
                        .or(page.locator("#break button")).all();
                assertThat(actions).hasSizeGreaterThan(7);
                for (Locator action : actions) {
                    String keys = action.getAttribute("aria-keyshortcuts");
                    if (keys == null) {
                        assertThat(action.getAttribute("data-key")).as(action.textContent()).matches("[0-9]");
                    } else {
                        assertThat(listed).as(action.textContent()).contains(keys.toLowerCase(Locale.ROOT).split(" "));
                    }
                }
            }
        });
    }

    @Test
    void theLastRatingIsChangedByKeyAndTheQueueGoesOn() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 3);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project);
            page.keyboard().press("2");
            assertThat(page.locator("#rated-by-me")).hasText("1");
            String task = page.locator("#rating-form").getAttribute("data-task");
            page.keyboard().press("e");
            page.waitForURL("**/ratings/*?from=rate");
            assertThat(page.locator("[data-stop]:focus")).hasCount(1);
            page.keyboard().press("5");
            page.keyboard().press("1");
            page.keyboard().type("I had it the wrong way round");
            page.keyboard().press("Escape");
            page.keyboard().press("Enter");
            page.waitForURL("**/rate");
            assertThat(page.locator("#rating-form")).hasAttribute("data-task", task);
            assertThat(page.locator("#rated-by-me")).hasText("1");
        }
        assertThat(desk.history(reviewer, project, 5)).singleElement().satisfies(rating -> {
            assertThat(rating.answers().at("/preference/strength").intValue()).isEqualTo(2);
            assertThat(rating.answers().path("comment").textValue()).isEqualTo("I had it the wrong way round");
        });
    }

    @Test
    void whatIsBlurredOnTheRatingPageIsBlurredWhereARatingIsChangedADisagreementSettledAndGoldGiven() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 2);
        projects.markSensitive(project, true);
        LeasedTask task = desk.lease(lead, project).orElseThrow();
        desk.submit(lead, RatingFixture.prefer(task, 2));
        String at = address + "projects/" + project.slug;
        List<String> pages = List.of(at + "/ratings/" + desk.history(lead, project, 1).get(0).ratingId(),
                at + "/adjudication?task=" + task.taskId(), at + "/tasks/" + task.taskId());
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, lead, project);
            for (String other : pages) {
                page.navigate(other);
                assertThat(page.locator("[data-stop]:focus")).hasCount(1);
                Locator texts = page.locator(".prose");
                assertThat(texts).hasCount(3);
                assertThat(page.locator(".prose[aria-hidden=true]")).hasCount(3);
                page.keyboard().press("d");
                assertThat(page.locator(".difference[aria-hidden=true]")).hasCount(2);
                assertThat(page.locator(".difference").first()).hasCSS("filter", "blur(10px)");
                page.keyboard().press("d");
                for (Locator text : texts.all()) {
                    assertThat(text).hasCSS("filter", "blur(10px)");
                }
                page.keyboard().press("v");
                assertThat(page.locator(".prose[aria-hidden]")).hasCount(0);
                assertThat(texts.first()).hasCSS("filter", "none");
                assertThat(page.locator(".veil-notice")).isHidden();
                page.keyboard().press("?");
                assertThat(page.locator("#all-keys")).containsText("Show texts that are blurred");
            }
            // Who opts out on one page has opted out on all.
            page.navigate(pages.get(0));
            assertThat(page.locator(".prose[aria-hidden=true]")).hasCount(3);
            page.keyboard().press("a");
            for (String other : pages) {
                page.navigate(other);
                assertThat(page.locator("[data-stop]:focus")).hasCount(1);
                assertThat(page.locator(".prose").first()).hasCSS("filter", "none");
            }
            page.navigate(at + "/rate");
            assertThat(page.locator("#answers")).isFocused();
            assertThat(page.locator("#answer-A .prose")).hasCSS("filter", "none");
        }
    }

    @Test
    void timeCountsWhileSomebodyWorksAndAMinuteOfASilenceAtMost() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 3);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
            page.clock().install();
            open(page, reviewer, project);
            page.clock().runFor(30_000);
            page.keyboard().press("2");
            assertThat(page.locator("#rated-by-me")).hasText("1");
            page.clock().runFor(600_000);
            page.keyboard().press("5");
            assertThat(page.locator("#rated-by-me")).hasText("2");
        }
        List<MyRating> ratings = desk.history(reviewer, project, 2);
        assertThat(rows.count("rating where id = ?1 and active_millis between 30000 and 90000",
                ratings.get(1).ratingId())).isEqualTo(1);
        assertThat(rows.count("rating where id = ?1 and active_millis between 50000 and 120000",
                ratings.get(0).ratingId())).isEqualTo(1);
    }

    @Test
    void atTwiceTheSizeNothingCoversTheAnswersAndKeysRate() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = rate(chromium, reviewer, project);
            page.setViewportSize(640, 400);
            assertThat(page.locator(".bar")).hasCSS("position", "static");
            assertThat(page.locator(".bar").boundingBox().y).isGreaterThanOrEqualTo(
                    page.locator("#answer-B").boundingBox().y + page.locator("#answer-B").boundingBox().height);
            page.keyboard().press("2");
            assertThat(page.locator("#rated-by-me")).hasText("1");
        }
    }

    private Page rate(Chromium chromium, Account reviewer, Project project) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
        open(page, reviewer, project);
        return page;
    }

    private void open(Page page, Account reviewer, Project project) {
        page.navigate(address + "projects/" + project.slug + "/rate");
        page.getByLabel("Login").fill(reviewer.login);
        page.getByLabel("Password").fill(PageFixture.PASSWORD);
        page.keyboard().press("Enter");
        // The page takes keys from when it has put the focus where the first is needed.
        assertThat(page.locator("#answers:focus, [data-stop]:focus")).hasCount(1);
    }
}
