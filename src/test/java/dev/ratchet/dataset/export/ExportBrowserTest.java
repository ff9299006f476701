package dev.ratchet.dataset.export;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lead chooses a file on the export page in a real browser and gets it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ExportBrowserTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture ratings;

    @Inject
    RatingDesk desk;

    @TestHTTPResource
    String address;

    @Test
    void aLeadFreezesThePairsAndDownloadsThemByKeyboard(@TempDir Path folder) throws IOException {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 2);
        desk.submit(lead, RatingFixture.prefer(desk.lease(lead, project).orElseThrow(), 2));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                ratings.count("pair where project_id = ?1", project.id)).isEqualTo(1));
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(
                    new Browser.NewPageOptions().setViewportSize(1280, 900).setAcceptDownloads(true));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(address + "projects/" + project.slug + "/export");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page.locator("#counts tbody tr")).hasCount(6);
            assertThat(page.locator(".example[open] pre")).containsText("\"rating_ids\"");

            page.getByText("Freeze the pairs now").press("Enter");
            assertThat(page.locator("[role=status]")).containsText("holds the pairs as they are now");
            page.locator("#type").selectOption("csv");
            page.locator("#snapshot").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
            Download download = page.waitForDownload(() -> page.getByText("Download").press("Enter"));
            Path file = folder.resolve("rows.csv");
            download.saveAs(file);
            assertThat(download.suggestedFilename()).startsWith(project.slug + "-preference-snapshot-")
                    .endsWith(".csv");
            assertThat(Files.readString(file).split("\r\n")).hasSizeGreaterThanOrEqualTo(2);

            page.locator("#disagreement").selectOption("majority");
            page.getByText("Download").press("Enter");
            assertThat(page.locator("[role=alert]")).containsText("leave 'ties' and 'disagreement' out");
            // The refusal is a page with its own status, which the console reports.
            assertThat(complaints).allSatisfy(text -> assertThat(text).contains("422"));
        }
    }

    @Test
    void anEmptyPageSaysWhatToDoAndReviewersAreKeptOut() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.project("Nothing yet");
        Visitor visitor = Visitor.of(lead);
        assertThat(visitor.page("/projects/" + project.slug + "/export").select(".empty a").attr("href"))
                .isEqualTo("/projects/" + project.slug + "/rate");
        assertThat(visitor.page("/projects/" + project.slug).select("nav.tabs a[href$=/import]")).hasSize(1);
        assertThat(visitor.page("/projects/" + project.slug + "/import").select("main a[href$=/export]")).isNotEmpty();
        Visitor reviewer = Visitor.of(fixture.account("Rita Reviewer", Role.REVIEWER));
        assertThat(reviewer.get("/projects/" + project.slug + "/export").statusCode()).isEqualTo(403);
        assertThat(reviewer.page("/projects/" + project.slug).select("nav.tabs a[href$=/import]")).isEmpty();
    }
}
