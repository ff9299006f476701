package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.quality.QualityFixture;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No page keeps anybody out: axe finds nothing serious, in light and in dark, and nothing is lost at 200% zoom. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AccessibilityTest {
    private static final List<String> SERIOUS = List.of("serious", "critical");

    @Inject
    PageFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    QualityFixture quality;

    @TestHTTPResource
    String address;

    @Test
    void theRatingPageAndItsQuestionsHaveNoSeriousFinding() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project rewritten = fixture.projectAsking(Recipe.REWRITE_AND_SPANS.questions(), 3, 1);
        assertThat(findings(lead, List.of("projects/" + rewritten.slug + "/rate"))).isEmpty();
    }

    @Test
    void thePagesOfATeamAndOfAnAccountHaveNoSeriousFinding() {
        Account administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        Project project = fixture.teamProject("Customer support", administrator);
        String at = "projects/" + project.slug;
        assertThat(findings(administrator, List.of(at + "/team", at + "/team/audit", "accounts/audit",
                at + "/team/" + administrator.id, at + "/me",
                "account", "accounts", "invitations/nothing"))).isEmpty();
    }

    @Test
    @Tag("slow")
    void noPageHasASeriousFindingOrIsWiderThanAZoomedScreen() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 6);
        PageFixture.History history = fixture.history(project);
        Project helpful = fixture.projectAsking(Recipe.HELPFUL_HARMLESS.questions(), 2, 1);
        Project scored = fixture.projectAsking(Recipe.FIVE_ASPECTS.questions(), 4, 1);
        Project ranked = fixture.projectAsking(Recipe.RANKING.questions(), 8, 1);
        desk.submit(lead, RatingFixture.prefer(desk.lease(lead, project).orElseThrow(), 2));
        String rating = desk.lastRating(lead, project).orElseThrow().toString();
        String at = "projects/" + project.slug;
        String seasoned = "projects/" + quality.seasoned(lead).slug;
        assertThat(findings(lead, List.of(seasoned + "/quality", at + "/quality", seasoned + "/aggregation", "queue", "projects", "projects/new",
                at, at + "/prompts", at + "/import",
                at + "/runs", at + "/versions", at + "/export", at + "/instructions", at + "/rate",
                at + "/tasks", at + "/tasks/" + fixture.firstTask(project),
                at + "/ratings/" + rating,
                "runs/" + history.finishedRun(), "versions/" + history.promoted(),
                "projects/" + helpful.slug + "/rate", "projects/" + scored.slug + "/rate",
                "projects/" + scored.slug + "/instructions", "projects/" + ranked.slug + "/rate", "nowhere"))).isEmpty();
    }

    @Test
    void anAnswerFromRightToLeftIsShownSo() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithAnswers("Arabic", "مرحبا", "أهلا وسهلا بك", "لا أعرف");
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            signIn(page, reviewer);
            page.navigate(address + "projects/" + project.slug + "/rate");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('#answer-A .prose')).direction"))
                    .isEqualTo("rtl");
        }
    }

    private void signIn(Page page, Account account) {
        page.navigate(address + "login");
        page.getByLabel("Login").fill(account.login);
        page.getByLabel("Password").fill(PageFixture.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/queue");
    }

    /** What axe finds on pages in both themes, and which of them are too wide at 200% zoom. */
    private List<String> findings(Account account, List<String> pages) {
        List<String> found = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                try (BrowserContext context = chromium.browser().newContext(
                        new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(scheme))) {
                    Page page = context.newPage();
                    page.navigate(address + "login");
                    found.addAll(findings(page, scheme + " login"));
                    signIn(page, account);
                    for (String path : pages) {
                        page.setViewportSize(1280, 800);
                        page.navigate(address + path);
                        page.waitForTimeout(200);
                        found.addAll(findings(page, scheme + " " + path));
                        // What a window of 1280 pixels shows at 200% zoom.
                        page.setViewportSize(640, 400);
                        if ((boolean) page.evaluate("document.documentElement.scrollWidth > 640")) {
                            found.add(scheme + " " + path + " is wider than a screen at 200% zoom");
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> findings(Page page, String name) {
        return new AxeBuilder(page).setLegacyMode(true).analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(rule -> name + ": " + rule.getId() + " " + nodes(rule)).toList();
    }

    private static String nodes(Rule rule) {
        return rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList().toString();
    }
}
