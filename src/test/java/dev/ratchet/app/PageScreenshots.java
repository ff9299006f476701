package dev.ratchet.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
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
    private static final Path FOLDER = Path.of("docs", "images");

    @Inject
    PageFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    QualityFixture quality;

    @TestHTTPResource
    String address;

    @Test
    void takesThePictures() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 24);
        PageFixture.History history = fixture.history(project);
        rateSome(lead, project);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("rate", "projects/" + project.slug + "/rate");
        Project careful = fixture.projectAsking(Recipe.REWRITE_AND_SPANS.questions(), 3, 1);
        pages.put("rate-marks", "projects/" + careful.slug + "/rate");
        pages.put("instructions", "projects/" + project.slug + "/instructions");
        String seasoned = "projects/" + quality.seasoned(lead).slug;
        pages.put("quality", seasoned + "/quality");
        pages.put("aggregation", seasoned + "/aggregation");
        pages.put("export", "projects/" + project.slug + "/export");
        pages.put("queue", "queue");
        pages.put("tasks", "projects/" + project.slug + "/tasks");
        Project team = fixture.teamProject("Returns", lead);
        rateSome(lead, team);
        pages.put("team", "projects/" + team.slug + "/team");
        pages.put("me", "projects/" + team.slug + "/me");
        pages.put("account", "account");
        pages.put("project", "projects/" + project.slug);
        pages.put("import", "projects/" + project.slug + "/import");
        pages.put("runs", "projects/" + project.slug + "/runs");
        pages.put("run", "runs/" + history.finishedRun());
        pages.put("run-live", "runs/" + history.runningRun());
        pages.put("versions", "projects/" + project.slug + "/versions");
        pages.put("version", "versions/" + history.promoted());
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {1280, 390}) {
                    take(chromium, lead, pages, scheme, width);
                }
            }
        }
    }

    private void take(Chromium chromium, Account lead, Map<String, String> pages, ColorScheme scheme, int width) {
        String suffix = "-" + width + "-" + scheme.name().toLowerCase() + ".png";
        try (BrowserContext context = chromium.browser().newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width == 390 ? 844 : 800)
                .setColorScheme(scheme))) {
            Page page = context.newPage();
            page.navigate(address + "login");
            picture(page, "sign-in" + suffix);
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL("**/queue");
            pages.forEach((name, path) -> {
                page.navigate(address + path);
                page.waitForTimeout(name.startsWith("run") ? 700 : 150);
                picture(page, name + suffix);
            });
            page.navigate(address + pages.get("rate"));
            page.locator("button[value='-2']").click();
            page.locator("#toast").waitFor();
            picture(page, "rated" + suffix);
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name)));
    }

    private void rateSome(Account lead, Project project) {
        Integer[] strengths = {-2, 3, 1, null, -1, 2};
        for (Integer strength : strengths) {
            ObjectNode answers = JsonNodeFactory.instance.objectNode();
            answers.set("preference", strength == null ? RatingFixture.tie().get("preference")
                    : RatingFixture.preference(strength).get("preference"));
            if (strength != null && strength == 3) {
                answers.put("comment", "names the next step");
            }
            desk.lease(lead, project).ifPresent(task ->
                    desk.submit(lead, RatingFixture.submission(task, UUID.randomUUID(), answers)));
        }
    }
}
