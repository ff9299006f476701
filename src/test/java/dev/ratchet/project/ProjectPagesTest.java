package dev.ratchet.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ProjectPagesTest {
    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    private Visitor lead;
    private Visitor reviewer;

    @BeforeEach
    void signIn() {
        lead = Visitor.of(fixture.account("Lena Lead", Role.LEAD));
        reviewer = Visitor.of(fixture.account("Rita Reviewer", Role.REVIEWER));
    }

    @Test
    void aLeadMakesAProjectAndImportsPrompts() {
        String slug = "support-" + UUID.randomUUID();
        Response made = lead.send(lead.page("/projects/new").selectFirst("main form"), Map.of(
                "slug", slug, "name", "Support", "guidelines", "Be **kind**.", "overlap", "3"));
        assertThat(made.statusCode()).isEqualTo(303);
        String prompts = "/projects/" + slug + "/prompts";
        Response imported = lead.send(lead.page(prompts).selectFirst("main form"), Map.of("lines", """
                Where is my parcel?

                {"messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi"},\
                 {"role": "user", "content": "Refund?"}], "split_group": "refund"}
                {"prompt": "Is the shop open?"}
                Where is my parcel?
                """));
        assertThat(imported.statusCode()).isEqualTo(303);
        assertThat(imported.header("Location")).endsWith("?added=3&known=1");
        Document list = lead.page(prompts + "?added=3&known=1");
        assertThat(list.select("[role=status]").text()).contains("3 new prompts").contains("1 were there already");
        assertThat(list.select("tbody tr")).hasSize(3);
        Document page = lead.page("/projects/" + slug);
        assertThat(page.select(".prose strong").text()).isEqualTo("kind");
        assertThat(page.select(".loop li")).hasSize(7);
        assertThat(page.select(".loop li").first().text()).contains("Prompts 3");
    }

    @Test
    void saysWhatIsWrongWithAProjectAndKeepsWhatWasFilledIn() {
        Element form = lead.page("/projects/new").selectFirst("main form");
        Response refused = lead.send(
                form, Map.of("slug", "Not A Slug", "name", "Mine", "guidelines", "x", "overlap", "2"));
        assertThat(refused.statusCode()).isEqualTo(422);
        Document page = Jsoup.parse(refused.asString());
        assertThat(page.select("[role=alert]").text()).contains("The address must be lower-case");
        assertThat(page.select("[name=name]").val()).isEqualTo("Mine");
    }

    @Test
    void importsNothingWhenOneLineCannotBeRead() {
        Project project = fixture.project("Support");
        String prompts = "/projects/" + project.slug + "/prompts";
        Response refused = lead.send(
                lead.page(prompts).selectFirst("main form"), Map.of("lines", "One\n{\"messages\": 3}\nTwo"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.asString()).select("[role=alert]").text())
                .contains("Nothing was imported").contains("Line 2");
        assertThat(lead.page(prompts).select("tbody tr")).isEmpty();
    }

    @Test
    void namesTheLineOfThePastedTextOrOfTheFileThatCannotBeRead() {
        Element form = lead.page("/projects/" + fixture.project("Support").slug + "/prompts").selectFirst("main form");
        Response file = lead.upload(form, Map.of("lines", "\nOne\nTwo"), "bad.jsonl", "Three\n{\"messages\": 3}\n");
        assertThat(file.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(file.asString()).select("[role=alert]").text()).contains("Line 2 of the file bad.jsonl");
        Response pasted = lead.upload(form, Map.of("lines", "\n\n{\"messages\": 3}"), "good.txt", "Three");
        assertThat(Jsoup.parse(pasted.asString()).select("[role=alert]").text())
                .contains("Line 3 of the pasted text");
        Response both = lead.upload(form, Map.of("lines", "One"), "good.txt", "Two\nThree");
        assertThat(both.header("Location")).endsWith("?added=3&known=0");
    }

    @Test
    void takesLongGuidelinesAndALongPaste() {
        String slug = "support-" + UUID.randomUUID();
        Response made = lead.send(lead.page("/projects/new").selectFirst("main form"), Map.of(
                "slug", slug, "name", "Support", "guidelines", "Be kind. ".repeat(1_200), "overlap", "1"));
        assertThat(made.statusCode()).isEqualTo(303);
        String lines = IntStream.range(0, 400)
                .mapToObj(at -> "Where is my parcel with number " + at + "?")
                .collect(Collectors.joining("\n"));
        assertThat(lines.length()).isGreaterThan(10_240);
        Response pasted = lead.send(
                lead.page("/projects/" + slug + "/prompts").selectFirst("main form"), Map.of("lines", lines));
        assertThat(pasted.header("Location")).endsWith("?added=400&known=0");
    }

    @Test
    void aLeadDecidesWhenToRetrainAndWhatACandidateMustMeet() {
        String slug = "support-" + UUID.randomUUID();
        Element form = lead.page("/projects/new").selectFirst("main form");
        Map<String, String> filled = new HashMap<>(Map.of(
                "slug", slug, "name", "Support", "guidelines", "Be kind.", "overlap", "1",
                "retrainAfterPairs", "50", "supervisedAfter", "30", "minimumWinRate", "1.5"));
        Response refused = lead.send(form, filled);
        assertThat(refused.statusCode()).isEqualTo(422);
        Document again = Jsoup.parse(refused.asString());
        assertThat(again.select("[role=alert]").text()).contains("The minimum win rate must be 0 to 1");
        assertThat(again.select("[name=retrainAfterPairs]").val()).isEqualTo("50");
        filled.put("minimumWinRate", "0.6");
        assertThat(lead.send(form, filled).statusCode()).isEqualTo(303);
        ProjectSettings settings = projects.require(slug).settings;
        assertThat(settings.retrainAfterPairs()).isEqualTo(50);
        assertThat(settings.supervisedAfter()).isEqualTo(30);
        assertThat(lead.page("/projects/" + slug).select("dl.facts").text()).contains("30 new demonstrations");
        assertThat(settings.minimumWinRate()).isEqualTo(0.6);
        assertThat(settings.klBudget()).isEqualTo(ProjectSettings.defaults().klBudget());
    }

    @Test
    void aReviewerSeesTheLoopAndNoneOfALeadsButtons() {
        Project project = fixture.projectWithTasks("Support", 3);
        Document page = reviewer.page("/projects/" + project.slug);
        assertThat(page.select(".loop li")).hasSize(7);
        assertThat(page.select(".loop a, .tabs a[href$=runs], .tabs a[href$=versions]")).isEmpty();
        assertThat(reviewer.page("/projects").select("a[href='/projects/new']")).isEmpty();
        assertThat(reviewer.get("/projects/new").statusCode()).isEqualTo(403);
        Element form = lead.page("/projects/" + project.slug + "/prompts").selectFirst("main form");
        form.select("[name=csrf-token]").val(reviewer.page("/projects").select("[name=csrf-token]").val());
        assertThat(reviewer.send(form, Map.of("lines", "x")).statusCode()).isEqualTo(403);
    }

    @Test
    void answersTheLoopAloneForTheNextLook() {
        Project project = fixture.projectWithTasks("Support", 2);
        assertThat(reviewer.get("/projects/" + project.slug + "/loop").asString().strip())
                .startsWith("<section id=\"loop\"").doesNotContain("<html");
    }

    @Test
    void saysWhenThereIsNoSuchProject() {
        Response answer = reviewer.get("/projects/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).contains("text/html");
        assertThat(answer.asString()).contains("There is no such project");
    }
}
