package dev.ratchet.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a team, by its forms. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TeamPageTest {
    @Inject
    PageFixture fixture;

    private Project project;
    private Visitor lead;
    private Account reviewer;
    private String address;

    @BeforeEach
    void make() {
        project = fixture.project("Support");
        lead = Visitor.of(fixture.account("Lena Lead", Role.LEAD));
        reviewer = fixture.account("Rita <i>Reviewer</i>", Role.REVIEWER);
        address = "/projects/" + project.slug + "/team";
    }

    @Test
    void aReviewerDoesNotSeeIt() {
        assertThat(Visitor.of(reviewer).get(address).statusCode()).isEqualTo(403);
        assertThat(Visitor.anonymous().get(address).statusCode()).isEqualTo(302);
        assertThat(Visitor.of(reviewer).page("/projects/" + project.slug).select(".tabs").text())
                .doesNotContain("Team");
    }

    @Test
    void aLeadAddsChangesGroupsAndRemovesAMember() {
        assertThat(lead.page(address).select(".empty").text()).contains("Nobody is in the team yet");
        send("form[action$='/team/members']", Map.of("login", reviewer.login, "role", "reviewer", "tags", "DE, medicine"));
        Document page = lead.page(address + "?did=added");
        assertThat(page.select("[role=status]").text()).isEqualTo("Saved.");
        assertThat(page.select("tbody tr").first().text()).contains("Rita <i>Reviewer</i>");
        assertThat(page.select("tbody tr i")).isEmpty();
        assertThat(page.select("tbody input[name=tags]").val()).isEqualTo("de, medicine");
        send("form[action$='/team/members/" + reviewer.id + "']", Map.of("role", "lead", "tags", "fr"));
        assertThat(lead.page(address).select("tbody .chip.accent").text()).isEqualTo("lead");
        send("form[action$='/team/groups']", Map.of("name", "Doctors", "tags", ""));
        String group = lead.page(address).selectFirst(".groups form").attr("action");
        send("form[action='" + group + "']", Map.of("name", "Nurses", "tags", "care", "member", reviewer.id.toString()));
        assertThat(lead.page(address).select("tbody tr").first().text()).contains("Nurses");
        send("form[action='" + group + "/delete']", Map.of());
        assertThat(lead.page(address).select(".groups li")).isEmpty();
        send("form[action$='/team/members/" + reviewer.id + "/remove']", Map.of());
        assertThat(lead.page(address).select("tbody tr")).isEmpty();
    }

    @Test
    void whatIsRefusedIsToldOnThePage() {
        Response refused = lead.send(lead.page(address).selectFirst("form[action$='/team/members']"),
                Map.of("login", "nobody", "role", "reviewer", "tags", ""));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(refused.asString()).select("[role=alert]").text()).contains("No account has the login");
        Response invalid = lead.send(lead.page(address).selectFirst("form[action$='/team/invitations']"),
                Map.of("role", "reviewer", "tags", "", "group", "", "days", "x", "uses", "1"));
        assertThat(invalid.statusCode()).isEqualTo(422);
    }

    @Test
    void aLeadClosesAndOpensTheProject() {
        Visitor stranger = Visitor.of(reviewer);
        assertThat(stranger.get("/projects/" + project.slug).statusCode()).isEqualTo(200);
        send("form[action$='/team/open']", Map.of());
        assertThat(stranger.get("/projects/" + project.slug).statusCode()).isEqualTo(403);
        assertThat(stranger.page("/projects").text()).doesNotContain(project.slug);
        assertThat(stranger.page("/queue").select("a[href*=" + project.slug + "]")).isEmpty();
        send("form[action$='/team/open']", Map.of());
        assertThat(stranger.get("/projects/" + project.slug).statusCode()).isEqualTo(200);
    }

    private void send(String form, Map<String, String> fields) {
        Response sent = lead.send(lead.page(address).selectFirst(form), fields);
        assertThat(sent.statusCode()).as(form).isEqualTo(303);
    }
}
