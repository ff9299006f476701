package dev.ratchet.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Manifest;
import dev.ratchet.registry.ModelImports;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.registry.TestFolders;
import dev.ratchet.registry.Versions;
import dev.ratchet.security.Role;
import dev.ratchet.training.TinyPolicy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of versions and of runs, on a project with a history. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class VersionPagesTest {
    @Inject
    PageFixture fixture;

    @Inject
    ModelImports imports;

    @Inject
    Versions versions;

    private Visitor lead;
    private PageFixture.History history;

    @BeforeEach
    void makeHistory() {
        lead = Visitor.of(fixture.account("Lena Lead", Role.LEAD));
        history = fixture.history(fixture.projectWithTasks("Support", 12));
    }

    @Test
    void showsTheChampionAndHowItCameToBe() {
        Document page = lead.page(versions());
        assertThat(page.select("tr:has(.chip.accent)").text()).contains("policy-3").contains("pass");
        assertThat(page.select(".timeline li")).hasSize(2);
        assertThat(page.select(".timeline li").first().text()).contains("policy-3").contains("by the gate");
        assertThat(page.select("form[action$=rollback]").text()).contains("Roll back to policy-1");
    }

    @Test
    void drawsEachGateWithItsIntervalAndThreshold() {
        Document page = lead.page("/versions/" + history.promoted());
        assertThat(page.select(".gate")).hasSize(3);
        Element drawing = page.select(".gate svg.interval").first();
        assertThat(drawing.attr("aria-label"))
                .isEqualTo("Win rate over the champion: 71.3%, 95%: 66.8% to 75.8%, must be above 50.0%");
        assertThat(drawing.select(".threshold").attr("x1")).isEqualTo("240.0");
        assertThat(page.select(".example")).hasSize(10);
        assertThat(lead.page("/versions/" + history.promoted() + "?shown=worse").select(".example")).hasSize(2);
    }

    @Test
    void aLeadRollsBackAndPromotesAgain() {
        Element rollback = lead.page(versions()).selectFirst("form[action$=rollback]");
        assertThat(lead.send(rollback, Map.of()).statusCode()).isEqualTo(303);
        Document page = lead.page(versions());
        assertThat(page.select("tr:has(.chip.accent)").text()).contains("policy-1");
        assertThat(page.select(".timeline li").first().text())
                .contains("Rolled back from policy-3")
                .contains("Lena Lead");
        Element promote = lead.page("/versions/" + history.promoted()).selectFirst("form[action$=promote]");
        assertThat(lead.send(promote, Map.of("revision", "1")).statusCode()).isEqualTo(409);
        assertThat(lead.send(promote, Map.of()).statusCode()).isEqualTo(303);
        assertThat(lead.page(versions()).select("tr:has(.chip.accent)").text()).contains("policy-3");
    }

    @Test
    void aVersionThatDidNotPassIsNotPromoted() {
        Document page = lead.page("/versions/" + history.refused());
        assertThat(page.text()).contains("Not enough evidence");
        assertThat(page.select("form[action$=promote]")).isEmpty();
        Element logout = page.selectFirst("form[action='/logout']");
        logout.attr("action", "/versions/" + history.refused() + "/promote");
        Response answer = lead.send(logout, Map.of("revision", "2"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("has not passed all gates");
    }

    @Test
    void showsRunsWithTheirProgressAndCurves() {
        Document list = lead.page("/projects/" + history.project().slug + "/runs");
        assertThat(list.select("tbody tr")).hasSize(8);
        assertThat(list.select("tbody tr").first().text()).contains("Preference optimisation").contains("74 of 120");
        Document running = lead.page("/runs/" + history.runningRun());
        assertThat(running.select("#run-status[hx-get]")).hasSize(1);
        assertThat(running.select("#run-status progress").attr("value")).isEqualTo("74");
        Document failed = lead.page("/runs/" + history.failedRun());
        assertThat(failed.select("[role=alert]").text()).contains("The run failed");
        assertThat(failed.select("#run-status[hx-get]")).isEmpty();
        List<String> series = lead.get("/runs/" + history.finishedRun() + "/metrics").jsonPath().getList("series.name");
        assertThat(series).startsWith("loss", "accuracy");
    }

    @Test
    void isALeadsBusiness() {
        Visitor reviewer = Visitor.of(fixture.account("Rita", Role.REVIEWER));
        assertThat(reviewer.get(versions()).statusCode()).isEqualTo(403);
        assertThat(reviewer.get("/versions/" + history.promoted()).statusCode()).isEqualTo(403);
        assertThat(reviewer.get("/runs/" + history.runningRun()).statusCode()).isEqualTo(403);
        assertThat(lead.get("/versions/999999999").statusCode()).isEqualTo(404);
        assertThat(lead.get("/runs/999999999").statusCode()).isEqualTo(404);
    }

    @Test
    void anAdministratorBringsTheFirstModelByThePageAndALeadIsToldWhoDoes() {
        Project project = fixture.project("Brand new");
        String at = "/projects/" + project.slug;
        Document page = lead.page(at + "/versions");
        assertThat(page.select(".empty a.button").attr("href")).isEqualTo(at + "/prompts");
        assertThat(page.select(".empty form")).isEmpty();
        Document runs = lead.page(at + "/runs");
        assertThat(runs.select(".empty a.button").attr("href")).isEqualTo(at + "/versions");
        assertThat(runs.select("form[action$=runs]")).isEmpty();

        String folder = "m" + UUID.randomUUID();
        TinyPolicy.save(imports.place().resolve(folder));
        Visitor administrator = Visitor.of(fixture.account("Ada", Role.ADMINISTRATOR));
        Element form = administrator.page(at + "/versions").selectFirst(".empty form");
        assertThat(form.select("option").eachText()).contains(folder);
        Element logout = page.selectFirst("form[action='/logout']");
        logout.attr("action", at + "/versions/import");
        assertThat(lead.send(logout, Map.of("folder", folder)).statusCode()).isEqualTo(403);
        assertThat(administrator.send(form, Map.of("folder", "../artefacts")).statusCode()).isEqualTo(422);
        assertThat(administrator.send(form, Map.of()).statusCode()).isEqualTo(422);
        assertThat(administrator.send(form, Map.of("folder", folder)).statusCode()).isEqualTo(303);
        assertThat(lead.page(at + "/versions").select("tr:has(.chip.accent)").text()).contains("policy-1");
        assertThat(lead.page(at + "/runs").select("form[action$=runs]")).hasSize(1);
        assertThat(administrator.send(form, Map.of("folder", folder)).statusCode()).isEqualTo(409);
        assertThat(lead.page(at + "/versions").select("tbody tr")).hasSize(1);
    }

    @Test
    void aModelThatWasImportedByAProgramBecomesTheFirstChampionByThePage() {
        Project project = fixture.project("Brand new");
        String at = "/projects/" + project.slug + "/versions";
        ModelVersion imported = versions.importFolder(project, ModelVersion.POLICY, "support-1m",
                TinyPolicy.save(TestFolders.create().resolve("model")), Manifest.imported(ModelVersion.POLICY, "test"));
        assertThat(lead.page(at).select("form[action$=first]")).isEmpty();
        Visitor administrator = Visitor.of(fixture.account("Ada", Role.ADMINISTRATOR));
        Element form = administrator.page(at).selectFirst("form[action$=first]");
        assertThat(form.select("option").eachText()).containsExactly("support-1m");
        String chosen = Long.toString(imported.id);
        assertThat(administrator.send(form, Map.of("version", Long.toString(history.promoted()))).statusCode())
                .isEqualTo(422);
        assertThat(administrator.send(form, Map.of("version", chosen)).statusCode()).isEqualTo(303);
        assertThat(lead.page(at).select(".timeline li").text()).contains("support-1m");
        assertThat(administrator.send(form, Map.of("version", chosen)).statusCode()).isEqualTo(409);
        assertThat(administrator.page(at).select("form[action$=first]")).isEmpty();
    }

    private String versions() {
        return "/projects/" + history.project().slug + "/versions";
    }
}
