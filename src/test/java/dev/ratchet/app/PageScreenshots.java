package dev.ratchet.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ratchet.platform.TestServers;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the documentation:
 * {@code mvn -B verify -Dratchet.roles=web -Dtags=screenshots -DexcludedTags= -Dtest=PageScreenshots}.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@Tag("screenshots")
class PageScreenshots {
    /** The documentation shows these; all others are for the eyes of who changes a page. */
    private static final List<String> SHOWN = List.of("rate", "rate-marks", "rate-ranking", "queue", "project", "quality",
            "adjudication", "team", "import-look", "run", "version");
    private static final Path DOCUMENTATION = Path.of("docs", "images");
    private static final Path FOLDER = Path.of("target", "pages");

    @Inject
    PageFixture fixture;

    @Inject
    EveryPage every;

    @TestHTTPResource
    String address;

    @Test
    void takesThePictures() {
        Account lead = fixture.account("Lena Lead", Role.ADMINISTRATOR);
        Map<String, String> pages = every.ofAdministrator(lead);
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Map<String, String> own = every.ofReviewer(reviewer);
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {1280, 390}) {
                    take(chromium, lead, pages, scheme, width);
                    take(chromium, reviewer, own, scheme, width);
                }
            }
        }
    }

    private void take(Chromium chromium, Account account, Map<String, String> pages, ColorScheme scheme, int width) {
        String suffix = "-" + width + "-" + scheme.name().toLowerCase() + ".png";
        try (BrowserContext context = chromium.browser().newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width == 390 ? 844 : 800)
                .setColorScheme(scheme))) {
            Page page = context.newPage();
            page.navigate(address + "login");
            picture(page, FOLDER, "sign-in" + suffix, false);
            page.getByLabel("Login").fill(account.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL("**/queue");
            pages.forEach((name, path) -> {
                page.navigate(address + path);
                page.waitForTimeout(name.startsWith("run") || name.equals("quality") ? 700 : 150);
                if (SHOWN.contains(name)) {
                    picture(page, DOCUMENTATION, name + suffix, false);
                }
                picture(page, FOLDER, name + suffix, true);
            });
        }
    }

    private static void picture(Page page, Path folder, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)).setFullPage(whole));
    }
}
