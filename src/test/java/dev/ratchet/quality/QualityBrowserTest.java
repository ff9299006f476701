package dev.ratchet.quality;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
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

/** The dashboards in a real browser: charts are drawn, and their numbers can be had without seeing them. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QualityBrowserTest {
    /** Pixels of a chart that are not see-through. */
    private static final String PAINTED = """
            canvas => {
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let painted = 0;
              for (let at = 3; at < data.length; at += 4) painted += data[at] > 0 ? 1 : 0;
              return painted;
            }""";

    /** Keeps what is written into canvases. */
    private static final String WRITTEN = """
            window.written = new Set();
            const write = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
              window.written.add(text);
              write.call(this, text, ...at);
            };""";

    @Inject
    PageFixture pages;

    @Inject
    QualityFixture fixture;

    @TestHTTPResource
    String address;

    @Test
    void aLeadSeesChartsOpensTheTablesByAKeyAndFindsTheSuspectsNamed() {
        Account lead = pages.account("Lena Lead", Role.LEAD);
        Project project = fixture.seasoned(lead);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.addInitScript(WRITTEN);
            page.navigate(address + "projects/" + project.slug + "/quality");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");

            for (String chart : List.of("burn-down", "throughput", "strengths", "agreement")) {
                assertThat(page.locator("[data-chart=" + chart + "] canvas")).hasCount(1);
                assertThat((int) page.locator("[data-chart=" + chart + "] canvas").evaluate(PAINTED)).isGreaterThan(500);
            }
            assertThat(written(page)).contains("A much better", "A slightly better", "Tie", "B better", "Both bad");
            assertThat(page.locator("#findings")).containsText("Lefty");
            assertThat(page.locator("#findings")).containsText("picks left");
            assertThat(page.locator("#findings")).containsText("Mallory");
            assertThat(page.locator("#findings")).containsText("adversarial");
            assertThat(page.locator("#gold .whiskers li")).hasCount(7);

            assertThat(page.locator("#burn-down table")).isHidden();
            page.keyboard().press("t");
            assertThat(page.locator("details.numbers:not([open])")).hasCount(0);
            assertThat(page.locator("#burn-down table")).isVisible();
            assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations().stream()
                    .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                    .map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())).isEmpty();
            page.keyboard().press("t");
            assertThat(page.locator("#burn-down table")).isHidden();

            page.setViewportSize(390, 844);
            page.reload();
            assertThat(page.locator("[data-chart=strengths] canvas")).hasCount(1);
            assertThat(written(page)).contains("A much better", "A slightly better", "Tie", "B better", "Both bad");
            assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
            page.locator("select[name=window]").selectOption("week");
            page.locator(".quality-filter button").click();
            page.waitForURL("**/quality?question=preference&window=week&zone=UTC");
            assertThat(page.locator("#agreement [data-chart] canvas")).hasCount(1);
            assertThat(complaints).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> written(Page page) {
        return (List<String>) page.evaluate("[...window.written]");
    }
}
