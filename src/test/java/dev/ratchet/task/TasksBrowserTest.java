package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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
import org.junit.jupiter.api.Test;

/** A lead routes tasks and gives right answers in a real browser, by the keyboard alone. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TasksBrowserTest {
    @Inject
    PageFixture fixture;

    @TestHTTPResource
    String address;

    @Test
    void aLeadTagsATaskAndMakesItGoldByKeyboard() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 3);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(address + "projects/" + project.slug + "/tasks");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");

            page.locator("input[name=task]").nth(1).press("Space");
            page.locator("#scope").press("Tab");
            page.keyboard().type("Tags");
            page.keyboard().press("Tab");
            page.keyboard().type("de medicine");
            page.keyboard().press("Enter");
            assertThat(page.locator("[role=status]").first()).containsText("1 changed");
            Locator row = page.locator("tbody tr").nth(1);
            assertThat(row).containsText("medicine");

            row.getByText("Right answers").press("Enter");
            assertThat(page.locator("[data-stop]:focus")).hasCount(1);
            page.keyboard().press("Enter");
            assertThat(page.locator("#missing")).containsText("is not answered yet");
            page.keyboard().press("2");
            page.locator("#explanation").fill("It names the next step.");
            page.keyboard().press("Escape");
            page.keyboard().press("Enter");
            assertThat(page.locator("[role=status]").first()).containsText("the task is a check now");
            assertThat(page.locator("tbody tr").nth(1)).containsText("gold");
            assertThat(complaints).isEmpty();
            page.setViewportSize(390, 844);
            assertThat((boolean) page.evaluate("document.documentElement.scrollWidth > 390")).isFalse();
        }
    }
}
