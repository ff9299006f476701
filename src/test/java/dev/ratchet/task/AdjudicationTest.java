package dev.ratchet.task;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.tie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where reviewers disagree a lead decides, and both the decision and the ratings stay on record. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AdjudicationTest {
    @Inject
    PageFixture pages;

    @Inject
    RatingFixture fixture;

    @Inject
    RatingDesk desk;

    private Account lead;
    private Account one;
    private Account other;
    private Project project;
    private long task;
    private List<Long> responses;

    @BeforeEach
    void aTaskForTwo() {
        lead = pages.account("Lena Lead", Role.LEAD);
        one = pages.account("Rita Reviewer", Role.REVIEWER);
        other = pages.account("Otto Reviewer", Role.REVIEWER);
        project = fixture.project(2);
        task = fixture.tasks(project, 1).get(0);
        responses = desk.lease(one, project).orElseThrow().responses().stream().map(Answer::responseId).sorted()
                .toList();
    }

    @Test
    void ratingsThatPreferOppositeAnswersWaitForALeadWhoseAnswerDecidesThePairAlone() {
        rate(one, for1(3));
        rate(other, for2(1));
        awaitWaiting(1);
        awaitPair(responses.get(0), 0.5f);
        as(lead).get(at(task)).then().statusCode(200).body("ratings", hasSize(2),
                "ratings.reviewer", equalTo(List.of("Rita Reviewer", "Otto Reviewer")));

        Map<String, Object> decision = decision(preference(2));
        decision.put("reason", "The second promises nothing");
        Response settled = as(lead).body(decision).put(at(task));
        settled.then().statusCode(200).body("decision.status", equalTo("settled"), "decision.revision", equalTo(1),
                "decision.settledBy", equalTo(lead.pseudonym.toString()), "ratings", hasSize(2));
        awaitPair(responses.get(1), 1f);
        awaitWaiting(0);
        as(lead).body(decision).put(at(task)).then().statusCode(200).body("decision.revision", equalTo(1));
        assertThat(fixture.count("adjudication where task_id = ?1 and status = 'settled'", task)).isEqualTo(1);
        assertThat(fixture.count("rating where task_id = ?1 and not withdrawn", task)).isEqualTo(2);
        UUID id = UUID.fromString(settled.path("decision.decisionId"));
        assertThat(fixture.events(id)).singleElement().asString().contains("\"kind\":\"adjudication\"")
                .contains(lead.pseudonym.toString()).doesNotContain(lead.login).doesNotContain("promises");

        as(lead).delete(at(task) + "?reason=Too+fast").then().statusCode(200).body("decision.status", equalTo("open"));
        awaitPair(responses.get(0), 0.5f);
        awaitWaiting(1);
        as(lead).delete(at(task)).then().statusCode(200).body("decision.revision", equalTo(2));
        assertThat(fixture.count("adjudication where task_id = ?1", task)).isEqualTo(2);
    }

    @Test
    void aGapOfThreeStepsIsADisagreementAndOneOfTwoIsNot() {
        rate(one, tie());
        rate(other, for1(2));
        awaitPair(responses.get(0), 0.5f);
        awaitWaiting(0);
        desk.edit(other, desk.history(other, project, 1).get(0).ratingId(), shownFor(other, for1(3)));
        awaitWaiting(1);
    }

    @Test
    void bothBadAgainstAClearPreferenceIsADisagreement() {
        rate(one, answers("{'preference': {'verdict': 'both_bad'}}"));
        rate(other, for1(2));
        awaitWaiting(1);
    }

    @Test
    void aTaskThatIsLeftAsRatedKeepsItsPairAndWaitsNoMore() {
        rate(one, for1(3));
        rate(other, for2(1));
        awaitWaiting(1);
        awaitPair(responses.get(0), 0.5f);
        as(lead).body(Map.of("reason", "A matter of taste")).put(at(task)).then().statusCode(200)
                .body("decision.status", equalTo("dismissed"));
        as(lead).body(Map.of()).put(at(task)).then().statusCode(200).body("decision.revision", equalTo(1));
        awaitWaiting(0);
        awaitPair(responses.get(0), 0.5f);
        assertThat(fixture.count("outbox where record_key = ?1 and payload like '%adjudication%'",
                Long.toString(task))).isZero();
    }

    @Test
    void onThePageALeadSeesAllRatingsSideBySideSettlesAndTakesBack() {
        rate(one, for1(3));
        rate(other, for2(1));
        awaitWaiting(1);
        Visitor visitor = Visitor.of(lead);
        String address = "/projects/" + project.slug + "/adjudication";
        Document page = visitor.page(address);
        assertThat(page.select(".opinion")).hasSize(2);
        List<Long> order = page.select(".answer").eachAttr("data-response").stream().map(Long::valueOf).toList();
        String letter = order.get(0).equals(responses.get(0)) ? "A" : "B";
        assertThat(page.select(".opinion").first().text()).contains("Rita Reviewer").contains(letter + " much better");
        Element form = page.selectFirst("#rating-form");
        Response incomplete = visitor.send(form, Map.of("q.preference", ""));
        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(incomplete.asString()).contains("must be answered");
        assertThat(visitor.send(form, Map.of("q.preference", "tie")).statusCode()).isEqualTo(303);
        awaitNoPair();
        page = visitor.page(address + "?decided=" + task);
        assertThat(page.select("#nothing-waits")).hasSize(1);
        assertThat(page.text()).contains("Tie");
        Element undo = page.selectFirst("#undo-form");
        assertThat(visitor.send(undo, Map.of()).statusCode()).isEqualTo(303);
        awaitPair(responses.get(0), 0.5f);
        assertThat(visitor.page(address).select(".opinion")).hasSize(2);
    }

    @Test
    void aLeadIsAskedOnceWhyAndWhatLeadsWroteStaysInSight() {
        rate(one, for1(3));
        rate(other, for2(1));
        awaitWaiting(1);
        Visitor visitor = Visitor.of(lead);
        String address = "/projects/" + project.slug + "/adjudication";
        Element form = visitor.page(address).selectFirst("#rating-form");
        assertThat(form.select("textarea, input[type=text]").eachAttr("name")).containsExactly("reason");

        // A program says something for a question besides, as this page let leads do once.
        Map<String, Object> decision = decision(
                answers("{'preference': {'verdict': 'tie'}, 'comment': 'Both promise <b>too</b> much'}"));
        decision.put("reason", "Neither names a step");
        as(lead).body(decision).put(at(task)).then().statusCode(200);
        Document page = visitor.page(address + "?task=" + task);
        form = page.selectFirst("#rating-form");
        assertThat(form.selectFirst("[name=q.comment]").val()).isEqualTo("Both promise <b>too</b> much");
        assertThat(form.selectFirst("[name=reason]").val()).isEqualTo("Neither names a step");
        assertThat(page.select("tbody tr").text()).contains("Both promise <b>too</b> much", "Neither names a step");
        assertThat(visitor.send(form, Map.of("q.preference", "both_bad")).statusCode()).isEqualTo(303);
        as(lead).get(at(task)).then().body("decision.revision", equalTo(2),
                "decision.reason", equalTo("Neither names a step"),
                "decision.answers.comment", equalTo("Both promise <b>too</b> much"),
                "decision.answers.preference.verdict", equalTo("both_bad"));
    }

    @Test
    void whatCannotBeDecidedIsRefused() {
        rate(one, for1(3));
        refused(as(lead).body(decision(preference(1))).put(at(task)), 409, "task-not-complete");
        rate(other, for2(3));
        refused(as(lead).body(decision(preference(4))).put(at(task)), 422, "invalid-answers");
        Map<String, Object> strange = decision(preference(1));
        strange.put("responseIds", List.of(1, 2));
        refused(as(lead).body(strange).put(at(task)), 422, "wrong-responses");
        strange.put("responseIds", null);
        refused(as(lead).body(strange).put(at(task)), 422, "wrong-responses");
        Map<String, Object> endless = decision(preference(1));
        endless.put("reason", "a\0b");
        refused(as(lead).body(endless).put(at(task)), 422, "invalid-reason");
        refused(as(lead).delete(at(task)), 409, "nothing-decided");
        refused(as(lead).body(decision(preference(1))).put(at(999_999_999)), 404, "unknown-task");
        Project elsewhere = fixture.project(2);
        refused(as(lead).body(decision(preference(1)))
                .put("/api/projects/" + elsewhere.slug + "/adjudications/" + task), 404, "unknown-task");
        assertThat(fixture.count("adjudication where task_id = ?1", task)).isZero();
    }

    @Test
    void itIsALeadsBusiness() {
        given().get("/api/projects/" + project.slug + "/adjudications").then().statusCode(401);
        as(one).get("/api/projects/" + project.slug + "/adjudications").then().statusCode(403);
        as(one).get(at(task)).then().statusCode(403);
        as(one).body(decision(preference(1))).put(at(task)).then().statusCode(403);
        as(one).delete(at(task)).then().statusCode(403);
        assertThat(Visitor.of(one).get("/projects/" + project.slug + "/adjudication").statusCode()).isEqualTo(403);
    }

    /** Answers of this strength for the first response of {@link #responses}, below 0; for the second, above. */
    private static JsonNode for1(int strength) {
        return preference(-strength);
    }

    private static JsonNode for2(int strength) {
        return preference(strength);
    }

    private void rate(Account reviewer, JsonNode answers) {
        LeasedTask lease = desk.lease(reviewer, project).orElseThrow();
        desk.submit(reviewer, RatingFixture.submission(lease, UUID.randomUUID(), turned(lease.responses(), answers)));
    }

    private JsonNode shownFor(Account reviewer, JsonNode answers) {
        return turned(desk.history(reviewer, project, 1).get(0).responses(), answers);
    }

    /** A reviewer says which side is better, and sides are drawn. */
    private JsonNode turned(List<Answer> shown, JsonNode answers) {
        JsonNode strength = answers.at("/preference/strength");
        return strength.isMissingNode() || shown.get(0).responseId() == responses.get(0)
                ? answers : preference(-strength.intValue());
    }

    private Map<String, Object> decision(JsonNode answers) {
        Map<String, Object> decision = new HashMap<>();
        decision.put("responseIds", responses);
        decision.put("answers", answers);
        return decision;
    }

    private String at(long task) {
        return "/api/projects/" + project.slug + "/adjudications/" + task;
    }

    private void awaitWaiting(int count) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as(lead)
                .get("/api/projects/" + project.slug + "/adjudications").then().statusCode(200)
                .body("count", equalTo(count), "taskIds", hasSize(count)));
    }

    private void awaitPair(long chosen, float weight) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as(lead)
                .get("/api/projects/" + project.slug + "/pairs").then().statusCode(200).body("items", hasSize(1),
                        "items[0].chosenResponseId", equalTo((int) chosen), "items[0].weight", equalTo(weight)));
    }

    private void awaitNoPair() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as(lead)
                .get("/api/projects/" + project.slug + "/pairs").then().body("items", hasSize(0)));
    }

    private static void refused(Response response, int status, String type) {
        response.then().statusCode(status).body("type", equalTo("urn:ratchet:problem:" + type), "detail",
                notNullValue());
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
