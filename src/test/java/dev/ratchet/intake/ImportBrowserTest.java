package dev.ratchet.intake;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.intake.format.Container;
import dev.ratchet.intake.format.Format;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** A lead brings a file in by the pages, with and without JavaScript. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ImportBrowserTest {
    private static final String CSV = """
            question,first,second,who
            Why is the sky blue?,Because blue light is scattered most.,Nobody knows.,jo@example.org
            How do I boil an egg?,Seven minutes in boiling water. Write to jo@example.org.,Do not.,x
            Only a question,,,x
            """;

    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture rows;

    @TestHTTPResource
    String address;

    @Test
    void aLeadUploadsLooksChoosesColumnsAndStarts() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.project("Customer support");
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(address + "projects/" + project.slug);
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            page.locator(".tabs").getByText("Data").click();
            serious(page, complaints);
            page.locator("#file").setInputFiles(
                    new FilePayload("answers.csv", "text/csv", CSV.getBytes(StandardCharsets.UTF_8)));
            page.getByText("Upload and look through").click();
            assertThat(page.locator("#mapping")).isVisible();
            assertThat(page.locator("#column-prompt")).hasValue("question");
            assertThat(page.locator("#format option").allTextContents()).hasSize(Format.values().length)
                    .contains("Argilla export").noneMatch(String::isBlank);
            assertThat(page.locator("#container option").allTextContents()).hasSize(Container.values().length)
                    .contains("Plain text").noneMatch(String::isBlank);
            page.locator("#column-chosen").selectOption("first");
            page.locator("#column-rejected").selectOption("second");
            page.getByLabel("Replace likely personal data").check();
            page.getByText("Look through again").click();
            assertThat(page.locator("#column-chosen")).hasValue("first");
            assertThat(page.locator("body")).containsText("1 rows have what is likely personal data: email 1");
            assertThat(page.locator("body")).containsText("[email]");
            assertThat(page.locator("body")).containsText("the answer (first) is missing");
            serious(page, complaints);
            page.setViewportSize(390, 844);
            assertThat((boolean) page.evaluate("document.documentElement.scrollWidth > 390")).isFalse();
            page.setViewportSize(1280, 800);
            page.getByText("Start the import").click();
            assertThat(page.locator(".chip.good")).hasText("done");
            assertThat(page.locator("#report")).containsText("New pairs");
            assertThat(page.locator("#rejected tbody tr")).hasCount(1);
            assertThat(page.locator("#rejected tbody tr")).containsText("4");
            serious(page, complaints);
            assertThat(rows.count("pair where project_id = ?1 and source = 'import'", project.id)).isEqualTo(2);
            page.getByText("Take the import back").click();
            assertThat(page.locator("#confirm p")).containsText("Remove everything that this import brought");
            page.locator("#confirm [value=act]").click();
            assertThat(page.locator("#undone tbody tr").nth(2)).hasText("Pairs20");
            assertThat(page.locator(".chip")).hasText("undone");
            serious(page, complaints);
            page.setViewportSize(390, 844);
            assertThat((boolean) page.evaluate("document.documentElement.scrollWidth > 390")).isFalse();
            serious(page, complaints);
            assertThat(complaints).isEmpty();
        }
        assertThat(rows.count("pair where project_id = ?1", project.id)).isZero();
        assertThat(rows.count("prompt where project_id = ?1", project.id)).isZero();
    }

    @Test
    void theFormSendsTheFileWhereThereIsNoScript() {
        Visitor lead = Visitor.of(fixture.account("Lena Lead", Role.LEAD));
        Project project = fixture.project("Support");
        String list = "/projects/" + project.slug + "/import";
        Response sent = lead.upload(lead.page(list).selectFirst("#upload"), Map.of(), "prompts.jsonl",
                "{\"prompt\": \"Why?\"}\n");
        assertThat(sent.statusCode()).isEqualTo(303);
        Document page = lead.page(sent.header("Location"));
        assertThat(page.select("h1").text()).isEqualTo("prompts.jsonl");
        assertThat(lead.page(list).select("tbody tr").text()).contains("prompts.jsonl");
        Response empty = lead.upload(lead.page(list).selectFirst("#upload"), Map.of(), "none.jsonl", "");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(empty.asString()).select("[role=alert]").text()).contains("empty");
    }

    @Test
    void aReviewerSeesNothingOfIt() {
        Visitor reviewer = Visitor.of(fixture.account("Rita Reviewer", Role.REVIEWER));
        Project project = fixture.project("Support");
        assertThat(reviewer.get("/projects/" + project.slug + "/import").statusCode()).isEqualTo(403);
        assertThat(reviewer.page("/projects/" + project.slug).select(".tabs").text()).doesNotContain("Data");
        assertThat(Visitor.anonymous().get("/projects/" + project.slug + "/import").statusCode()).isEqualTo(302);
    }

    private static void serious(Page page, List<String> complaints) {
        new AxeBuilder(page).analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .forEach(rule -> complaints.add(rule.getId() + " " + rule.getNodes().get(0).getHtml()));
        if (System.getenv("IMPORT_PICTURES") != null) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(java.nio.file.Path.of(
                    System.getenv("IMPORT_PICTURES"), "import-" + System.nanoTime() + ".png")));
        }
    }
}
