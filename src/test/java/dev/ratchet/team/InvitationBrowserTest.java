package dev.ratchet.team;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A lead invites somebody, who signs up and rates, in real browsers. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InvitationBrowserTest {
    @Inject
    PageFixture fixture;

    @TestHTTPResource
    String address;

    @Test
    void anInvitedPersonSignsUpLandsOnTheQueueAndRates() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 3);
        try (Chromium chromium = Chromium.start()) {
            String link = invite(chromium.browser(), lead, project);
            try (BrowserContext context = chromium.browser().newContext()) {
                Page page = context.newPage();
                List<String> complaints = complaints(page);
                page.navigate(link);
                page.getByLabel("Your name").fill("Nina New");
                page.getByLabel("Choose a login").fill("n" + UUID.randomUUID());
                page.getByLabel("Choose a password").fill("a password of my own");
                page.keyboard().press("Enter");
                page.waitForURL("**/queue");
                assertThat(page.locator(".who")).containsText("Nina New");
                page.locator("a[href='/projects/" + project.slug + "/rate']").click();
                page.waitForURL("**/rate");
                assertThat(page.locator("#rated-by-me")).hasText("0");
                page.keyboard().press("2");
                assertThat(page.locator("#rated-by-me")).hasText("1");
                page.navigate(address + "projects/" + project.slug + "/me");
                assertThat(page.locator(".figures")).containsText("Rated tasks");
                assertThat(complaints).isEmpty();
            }
        }
    }

    private String invite(Browser browser, Account lead, Project project) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            List<String> complaints = complaints(page);
            page.navigate(address + "projects/" + project.slug + "/team");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL("**/team");
            // Closing asks first.
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close the project")).click();
            page.locator("#confirm [value=act]").click();
            assertThat(page.locator("#members-head + form .chip")).hasText("Closed: the team alone");
            page.locator("#invite").getByRole(AriaRole.BUTTON).first().click();
            String link = page.locator("#link").inputValue();
            assertThat(complaints).isEmpty();
            return link;
        }
    }

    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }
}
