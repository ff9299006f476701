package dev.ratchet.task;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.ratchet.app.Chromium;
import dev.ratchet.app.PageFixture;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.question.Question;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lead edits questions as cards in a real browser and sees at once what reviewers will see. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InstructionsBrowserTest {
    @Inject
    PageFixture fixture;

    @TestHTTPResource
    String address;

    @Test
    void aLeadStartsFromARecipeAddsAndMovesAQuestionMendsAFaultAndSaves() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Customer support", 2);
        List<String> complaints = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 900));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.navigate(address + "projects/" + project.slug + "/instructions");
            page.getByLabel("Login").fill(lead.login);
            page.getByLabel("Password").fill(PageFixture.PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page.locator(".question-card")).hasCount(2);

            page.getByText("Start from a recipe").click();
            page.getByText("Scores of five aspects").click();
            assertThat(page.locator("#preview [data-kind=scores] .likert")).hasCount(10);
            page.locator("[data-field=points] input").fill("12");
            assertThat(page.locator("[data-field=points] .wrong")).containsText("points must be 2 to 11");
            page.locator("[data-field=points] input").fill("5");
            assertThat(page.locator(".question-card .wrong")).hasCount(0);

            page.getByLabel("Add: Tags").click();
            page.locator(".question-card").nth(2).locator("[data-field=tags] textarea").fill("rude: Not polite\nToo long");
            assertThat(page.locator("#preview [data-kind=tags]").first()).containsText("Not polite");
            page.locator(".question-card").nth(2).locator("[data-field=tags] textarea").press("Alt+ArrowUp");
            assertThat(page.locator("#preview .question").nth(1)).containsText("Not polite");
            page.locator("[name=sensitive]").check();
            page.locator("#note").fill("Aspects instead of a comparison");
            page.getByText("Save as version 2").click();
            assertThat(page.locator("[role=status]").first()).containsText("Version 2 holds now");
            assertThat(complaints).isEmpty();
        }
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(Instructions.of(project.id, 2).questions.list()).extracting(Question::name)
                    .containsExactly("aspects", "tags", "comment");
            assertThat(Project.findBySlug(project.slug).orElseThrow().settings.sensitive()).isTrue();
        });
    }
}
