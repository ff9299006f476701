package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person rates by keyboard in a real browser. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RatingBrowserTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingDesk desk;

    @TestHTTPResource
    String address;

    @Test
    void aReviewerSignsInRatesByKeyboardUndoesAndSeesTheCountMove() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 4);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);

            signIn(page, reviewer, project);
            assertThat(page.locator("#rated-by-me")).hasText("0");
            String first = page.locator("#rating-form").getAttribute("data-task");
            double stood = page.locator("#answer-A").boundingBox().y;

            page.keyboard().press("2");
            assertThat(page.locator("#rated-by-me")).hasText("1");
            assertThat(page.locator("#toast")).containsText("Rated: A better");
            assertThat(page.locator("#announcement")).containsText("Rated: A better");
            assertThat(page.locator("#answers")).isFocused();
            assertThat(page.locator("#rating-form").getAttribute("data-task")).isNotEqualTo(first);
            assertThat(page.locator("#answer-A").boundingBox().y).isEqualTo(stood);

            page.keyboard().press("u");
            assertThat(page.locator("#rated-by-me")).hasText("0");
            assertThat(page.locator("#rating-form")).hasAttribute("data-task", first);

            page.keyboard().press("c");
            page.keyboard().type("b is 2 warm");
            page.keyboard().press("Escape");
            page.keyboard().press("t");
            assertThat(page.locator("#rated-by-me")).hasText("1");
            page.keyboard().press("s");
            assertThat(page.locator("#skip-dialog")).isVisible();
            page.keyboard().press("2");
            page.keyboard().press("Enter");
            assertThat(page.locator("#toast")).containsText("Skipped");
            page.keyboard().press("b");
            assertThat(page.locator("#rated-by-me")).hasText("2");

            page.keyboard().press("g");
            assertThat(page.locator("#guidelines")).isVisible();
            page.keyboard().press("6");
            page.keyboard().press("Escape");
            page.keyboard().press("?");
            assertThat(page.locator("#all-keys")).isVisible();
            page.keyboard().press("Escape");
            assertThat(page.locator("#rated-by-me")).hasText("2");

            page.keyboard().press("6");
            assertThat(page.locator("#queue-empty")).containsText("You have rated everything here");
            assertThat(page.locator("#queue-empty")).isFocused();
            assertThat(complaints).isEmpty();
        }
        List<MyRating> ratings = desk.history(reviewer, project, 10);
        assertThat(ratings).extracting(MyRating::answers).containsExactly(
                RatingFixture.preference(3),
                RatingFixture.answers("{'preference': {'verdict': 'both_bad'}}"),
                RatingFixture.answers("{'preference': {'verdict': 'tie'}, 'comment': 'b is 2 warm'}"));
    }

    @Test
    void enterInACommentNeverGivesAVerdictEvenWithoutJavaScript() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setJavaScriptEnabled(false));
            signIn(page, reviewer, project);
            page.locator("#comment").fill("first");
            page.keyboard().press("Enter");
            assertThat(page.locator("#comment")).hasValue("first");
            assertThat(desk.history(reviewer, project, 10)).isEmpty();
            page.locator("button[value='2']").click();
            assertThat(page.locator("#rated-by-me")).hasText("1");

            page.navigate(address + "queue");
            page.getByText("Change", new Page.GetByTextOptions().setExact(true)).last().click();
            page.locator("textarea[name='q.comment']").fill("second");
            page.locator("#rating-form .button.primary").click();
            assertThat(page.locator("td").first()).containsText("second");
        }
        assertThat(desk.history(reviewer, project, 10)).singleElement().satisfies(rating -> {
            assertThat(rating.answers().at("/preference/strength").intValue()).isEqualTo(2);
            assertThat(rating.answers().path("comment").textValue()).isEqualTo("second");
        });
    }

    @Test
    void aPageWhoseTokenRanOutRenewsItselfAndSaysSo() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            signIn(page, reviewer, project);
            assertThat(page.locator("#answers")).isFocused();
            page.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("csrf-token"));
            page.keyboard().press("2");
            assertThat(page.locator("#send-error")).containsText("has been renewed");
            assertThat(page.locator("#rated-by-me")).hasText("0");
            page.keyboard().press("2");
            assertThat(page.locator("#rated-by-me")).hasText("1");
        }
    }

    @Test
    void onAPhoneTheBarStaysUnderTheThumbAndNothingIsWiderThanTheScreen() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(390, 844));
            signIn(page, reviewer, project);
            assertThat(page.locator(".bar")).isInViewport();
            assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
            assertThat(page.locator("#answer-B").boundingBox().y)
                    .isGreaterThan(page.locator("#answer-A").boundingBox().y + 40);
            page.locator("button[value='2']").click();
            assertThat(page.locator("#rated-by-me")).hasText("1");
        }
    }

    @Test
    void onAPhoneTheThumbOpensTheCommentAndItIsStoredWithTheVerdict() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newContext(new Browser.NewContextOptions()
                    .setViewportSize(390, 844).setHasTouch(true).setIsMobile(true)).newPage();
            signIn(page, reviewer, project);
            double verdicts = page.locator("button[value='2']").boundingBox().y;
            assertThat(page.locator(".comment")).hasCSS("clip-path", "inset(50%)");

            BoundingBox opener = page.locator(".comment-opener").boundingBox();
            assertThat(Math.min(opener.width, opener.height)).isGreaterThanOrEqualTo(44);
            page.locator(".comment-opener").tap();
            assertThat(page.locator("#comment")).isFocused();
            assertThat(page.locator(".comment")).hasCSS("clip-path", "none");
            assertThat(page.locator("#comment")).isInViewport();
            assertThat(page.locator("#comment").boundingBox().height).isGreaterThanOrEqualTo(44);
            assertThat(page.locator("#comment").boundingBox().width).isGreaterThan(340);
            page.keyboard().type("names the next step");
            page.keyboard().press("Enter");
            assertThat(page.locator("#comment")).not().isFocused();
            assertThat(page.locator(".comment")).hasCSS("clip-path", "none");
            assertThat(page.locator("button[value='2']").boundingBox().y).isEqualTo(verdicts);
            assertThat(desk.history(reviewer, project, 10)).isEmpty();

            page.locator("button[value='2']").tap();
            assertThat(page.locator("#rated-by-me")).hasText("1");
            assertThat(page.locator(".comment")).hasCSS("clip-path", "inset(50%)");
            assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        }
        assertThat(desk.history(reviewer, project, 10)).singleElement().satisfies(rating ->
                assertThat(rating.answers().path("comment").textValue()).isEqualTo("names the next step"));
    }

    @Test
    void whoReadsFromRightToLeftRatesFromRightToLeft() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(
                    new Browser.NewPageOptions().setViewportSize(1280, 800).setLocale("ar"));
            signIn(page, reviewer, project);
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(page.locator("#answer-A").boundingBox().x)
                    .isGreaterThan(page.locator("#answer-B").boundingBox().x);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(1280);
            page.keyboard().press("2");
            assertThat(page.locator("#toast")).containsText("A أفضل");
            assertThat(page.locator("#rated-by-me")).hasText("1");
        }
    }

    @Test
    void eachStepOfTheScaleSaysInASentenceWhatItMeansInTheLanguageOfThePage() {
        Map<String, List<String>> names = Map.of(
                "en", List.of("A is much better", "A is better", "A is slightly better",
                        "Tie: A and B are about the same", "B is slightly better", "B is better", "B is much better",
                        "Both bad: neither A nor B is good"),
                "de", List.of("A ist viel besser", "A ist besser", "A ist etwas besser",
                        "Gleich gut: A und B sind etwa gleich", "B ist etwas besser", "B ist besser",
                        "B ist viel besser", "Beide schlecht: weder A noch B ist gut"),
                "ar", List.of("الإجابة A أفضل بكثير", "الإجابة A أفضل", "الإجابة A أفضل قليلا",
                        "تعادل: الإجابتان A وB متقاربتان", "الإجابة B أفضل قليلا", "الإجابة B أفضل",
                        "الإجابة B أفضل بكثير", "كلتاهما سيئة: لا A جيدة ولا B"));
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithTasks("Customer support", 2);
        desk.submit(reviewer, RatingFixture.prefer(desk.lease(reviewer, project).orElseThrow(), 2));
        String past = "projects/" + project.slug + "/ratings/" + desk.history(reviewer, project, 1).get(0).ratingId();
        try (Chromium chromium = Chromium.start()) {
            names.forEach((language, sentences) -> {
                Page page = chromium.browser().newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844).setLocale(language)).newPage();
                signIn(page, reviewer, project);
                List<Locator> buttons = page.locator("#rating-form .button").all();
                assertThat(buttons).hasSameSizeAs(sentences);
                for (int at = 0; at < sentences.size(); at++) {
                    assertThat(buttons.get(at)).hasAccessibleName(sentences.get(at));
                    assertThat(buttons.get(at)).hasAttribute("title", sentences.get(at));
                }
                assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
                page.navigate(address + past);
                List<Locator> choices = page.locator("#rating-form .scale input").all();
                for (int at = 0; at < sentences.size(); at++) {
                    assertThat(choices.get(at)).hasAccessibleName(sentences.get(at));
                }
            });
        }
    }

    @Test
    void twoReviewersAtOnceEachJudgeEveryTaskOnceAndThenNothingIsLeft() {
        Project project = fixture.projectWithTasks("Customer support", 3);
        List<Account> reviewers = List.of(
                fixture.account("Rita Reviewer", Role.REVIEWER), fixture.account("Omar Reviewer", Role.REVIEWER));
        try (Chromium chromium = Chromium.start()) {
            List<Page> pages = reviewers.stream().map(reviewer -> {
                // A context of its own is a browser of its own: its cookies, its drafts.
                Page page = chromium.browser().newContext().newPage();
                signIn(page, reviewer, project);
                return page;
            }).toList();
            for (int rated = 1; rated <= 3; rated++) {
                for (Page page : pages) {
                    page.keyboard().press("5");
                }
                for (Page page : pages) {
                    assertThat(page.locator("#rated-by-me")).hasText(Integer.toString(rated));
                }
            }
            pages.forEach(page -> assertThat(page.locator("#queue-empty")).isVisible());
        }
        assertThat(desk.progress(reviewers.get(0), project)).isEqualTo(new QueueProgress(3, 0, 3, 3, 6));
    }

    private void signIn(Page page, Account reviewer, Project project) {
        page.navigate(address + "projects/" + project.slug + "/rate");
        page.locator("#login").fill(reviewer.login);
        page.locator("#password").fill(PageFixture.PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator("#answers")).isVisible();
        // A key says nothing before the scripts are there.
        page.waitForLoadState();
    }
}
