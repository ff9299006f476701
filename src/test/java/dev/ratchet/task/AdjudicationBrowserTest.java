package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.EveryPage;
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
import org.junit.jupiter.api.Test;

/** A lead settles what reviewers disagree on in a real browser, by the keyboard alone. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdjudicationBrowserTest {
    @Inject
    PageFixture fixture;

    @Inject
    EveryPage every;

    @Inject
    AdjudicationDesk desk;

    @TestHTTPResource
    String address;

    @Test
    void aLeadSettlesGoesOnLeavesAsRatedAndTakesBackByKeyboard() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 3);
        every.disagreements(project, fixture.account("Rita Reviewer", Role.REVIEWER),
                fixture.account("Otto Brandt", Role.REVIEWER), 3);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(address + "projects/" + project.slug + "/adjudication");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");

            waiting(page, 3);
            String first = page.locator("#rating-form input[name=taskId]").inputValue();
            assertThat(page.locator(".opinion")).hasCount(2);
            assertThat(page.locator(".opinions")).containsText("Rita Reviewer");
            assertThat(page.locator(".opinions")).containsText("Otto Brandt");
            assertThat(page.locator(".opinion").first().boundingBox().y)
                    .isEqualTo(page.locator(".opinion").last().boundingBox().y);

            // Enter says what is missing; a number answers, Enter settles, and the next one is there.
            page.keyboard().press("Enter");
            assertThat(page.locator("#missing")).isVisible();
            page.keyboard().press("2");
            page.keyboard().press("w");
            page.keyboard().type("It names 1 next step");
            page.keyboard().press("Enter");
            assertThat(page.locator("#reason")).not().isFocused();
            waiting(page, 3);
            page.keyboard().press("Enter");
            waiting(page, 2);
            assertThat(page.locator("#undo-form")).containsText("Decided: task " + first);
            assertThat(page.locator("tbody tr").first()).containsText("A better");
            assertThat(page.locator("tbody tr").first()).containsText("It names 1 next step");

            // The one after the next comes first, and is left as rated.
            String second = page.locator("#rating-form input[name=taskId]").inputValue();
            assertThat(second).isNotEqualTo(first);
            page.keyboard().press("n");
            assertThat(page.locator("#rating-form input[name=taskId]")).not().hasValue(second);
            String third = page.locator("#rating-form input[name=taskId]").inputValue();
            ready(page);
            page.keyboard().press("x");
            waiting(page, 1);

            // A decision is taken back by one key, and its task is there again.
            page.keyboard().press("u");
            waiting(page, 2);
            assertThat(page.locator("#rating-form input[name=taskId]")).hasValue(third);
            page.keyboard().press("t");
            page.keyboard().press("Enter");
            waiting(page, 1);
            page.keyboard().press("?");
            assertThat(page.locator("#all-keys")).isVisible();
            page.keyboard().press("Escape");
            page.keyboard().press("b");
            page.keyboard().press("Enter");
            assertThat(page.locator("#nothing-waits")).isVisible();
            assertThat(complaints).isEmpty();
        }
        assertThat(desk.decided(project, 10)).extracting(one -> one.answers.at("/preference/verdict").textValue())
                .containsExactly("both_bad", "tie", "preference");
    }

    private static void waiting(Page page, int count) {
        assertThat(page.locator("#waiting")).hasAttribute("data-count", Integer.toString(count));
        ready(page);
    }

    /** The page takes keys from when it has put the focus where the first is needed. */
    private static void ready(Page page) {
        assertThat(page.locator("[data-stop]:focus")).hasCount(1);
    }
}
