package dev.ratchet.team;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Submission;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reviewer did and how it fits what others said; notes of leads. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class WorkTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture ratings;

    @Inject
    RatingDesk desk;

    @Inject
    EntityManager entities;

    private Project project;
    private Account lead;
    private Account mine;

    @BeforeEach
    void make() {
        project = ratings.project(3);
        lead = fixture.account("Lena Lead", Role.LEAD);
        mine = fixture.account("Rita Reviewer", Role.REVIEWER);
    }

    @Test
    void nothingRatedIsNoFigure() {
        as(mine).get(path("/me")).then().statusCode(200).body("rated", equalTo(0)).body("consensus", nullValue())
                .body("side", nullValue()).body("gold", nullValue()).body("medianMillis", nullValue());
        Document page = Visitor.of(mine).page("/projects/" + project.slug + "/me");
        assertThat(page.select(".empty").text()).contains("Nothing rated yet");
        assertThat(page.select(".empty a").attr("href")).isEqualTo("/projects/" + project.slug + "/rate");
    }

    @Test
    void agreementCountsTheSameAnswerWhateverTheSideItStoodOn() {
        ratings.tasks(project, 4);
        Account one = ratings.reviewer();
        Account other = ratings.reviewer();
        // Everybody prefers the answer with the smaller id, but I do not in one of the four.
        for (int task = 0; task < 4; task++) {
            prefer(one, true, 2_000);
            prefer(other, true, 4_000);
            prefer(mine, task != 2, 10_000);
        }
        as(mine).get(path("/me")).then().statusCode(200)
                .body("rated", equalTo(4)).body("looked", equalTo(4)).body("activeMillis", equalTo(40_000))
                .body("consensus.agreed", equalTo(3)).body("consensus.units", equalTo(4))
                .body("consensus.share.estimate", equalTo(0.75f))
                .body("side.choices", equalTo(4))
                .body("medianMillis", equalTo(10_000)).body("teamMedianMillis", equalTo(4_000))
                .body("days.size()", equalTo(30)).body("days[-1].ratings", equalTo(4));
        Document page = Visitor.of(mine).page("/projects/" + project.slug + "/me");
        assertThat(page.select(".figures").text()).contains("75.0%").contains("3 of 4 comparisons")
                .contains("10 s").contains("No gold tasks yet");
        assertThat(page.select(".bars rect")).hasSize(30);
        assertThat(page.select("details tbody tr")).hasSize(1);
    }

    @Test
    void goldTasksCountByTheAnswerThatIsKnown() {
        List<Long> tasks = ratings.tasks(project, 3);
        QuarkusTransaction.requiringNew().run(() -> tasks.subList(0, 2).forEach(task -> {
            entities.createNativeQuery("update task set purpose = 'gold' where id = :task")
                    .setParameter("task", task).executeUpdate();
            // The first of the task's answers has the smaller id.
            entities.createNativeQuery("insert into gold_answer (task_id, answers, explanation, author_id, created_at)"
                            + " values (:task, cast(:answers as jsonb), '', :author, now())")
                    .setParameter("task", task).setParameter("author", lead.id)
                    .setParameter("answers", RatingFixture.preference(-1).toString()).executeUpdate();
        }));
        rate(mine, tasks.get(0), true);
        rate(mine, tasks.get(1), false);
        rate(mine, tasks.get(2), false);
        as(mine).get(path("/me")).then().body("gold.tasks", equalTo(2)).body("gold.right", equalTo(1))
                .body("gold.share.estimate", equalTo(0.5f));
    }

    @Test
    void whatWasTakenBackDoesNotCount() {
        ratings.tasks(project, 1);
        prefer(ratings.reviewer(), true, 1_000);
        prefer(mine, true, 1_000);
        desk.undo(mine, project);
        as(mine).get(path("/me")).then().body("rated", equalTo(0)).body("consensus", nullValue())
                .body("medianMillis", nullValue());
    }

    @Test
    void aReviewerSeesThemselvesAloneAndALeadSeesWhoWorksHere() {
        Account stranger = fixture.account("Otto", Role.REVIEWER);
        as(mine).get(path("/members/" + stranger.id + "/work")).then().statusCode(403);
        as(mine).get(path("/members/" + mine.id + "/notes")).then().statusCode(403);
        assertThat(Visitor.of(mine).get("/projects/" + project.slug + "/team/" + mine.id).statusCode()).isEqualTo(403);
        given().get(path("/me")).then().statusCode(401);
        as(lead).get(path("/members/" + mine.id + "/work")).then().statusCode(404);
        ratings.tasks(project, 1);
        prefer(mine, true, 1_000);
        as(lead).get(path("/members/" + mine.id + "/work")).then().statusCode(200).body("rated", equalTo(1));
        as(lead).get(path("/members/999999999/work")).then().statusCode(404);
        Document team = Visitor.of(lead).page("/projects/" + project.slug + "/team");
        assertThat(team.select("a[href$='/team/" + mine.id + "']").text()).isEqualTo("Rita Reviewer");
    }

    @Test
    void aLeadWritesANoteAndItsReviewerMarksItAsRead() {
        as(lead).body(Map.of("login", mine.login)).post(path("/members")).then().statusCode(201);
        Visitor leading = Visitor.of(lead);
        String address = "/projects/" + project.slug + "/team/" + mine.id;
        Response sent = leading.send(leading.page(address).selectFirst("main form[action$=notes]"),
                Map.of("text", "Say <b>why</b>, please."));
        assertThat(sent.statusCode()).isEqualTo(303);
        assertThat(leading.page(address + "?did=note").select(".notes .chip").text()).isEqualTo("new");
        Visitor reading = Visitor.of(mine);
        Document page = reading.page("/projects/" + project.slug + "/me");
        assertThat(page.select(".notes p").text()).isEqualTo("Say <b>why</b>, please.");
        assertThat(page.select("textarea")).isEmpty();
        assertThat(reading.send(page.selectFirst(".notes form"), Map.of()).statusCode()).isEqualTo(303);
        assertThat(leading.page(address).select(".notes .chip").text()).isEqualTo("read");
        as(mine).get(path("/me/notes")).then().statusCode(200).body("text", contains("Say <b>why</b>, please."))
                .body("[0].readAt", notNullValue()).body("[0].author", equalTo("Lena Lead"));
    }

    @Test
    void notesThatCannotBeAreRefused() {
        as(lead).body(Map.of("login", mine.login)).post(path("/members")).then().statusCode(201);
        String notes = path("/members/" + mine.id + "/notes");
        for (String text : List.of(" ", "a\u0000b", "x".repeat(4_001))) {
            as(lead).body(Map.of("text", text)).post(notes).then().statusCode(422);
        }
        as(mine).body(Map.of("text", "x")).post(notes).then().statusCode(403);
        as(lead).body(Map.of("text", "x")).post(path("/members/999999999/notes")).then().statusCode(404);
        Integer id = as(lead).body(Map.of("text", "Good work.")).post(notes).then().statusCode(201).extract().path("id");
        Account other = fixture.account("Otto", Role.REVIEWER);
        as(other).post(path("/me/notes/" + id + "/read")).then().statusCode(404);
        as(other).get(path("/me/notes")).then().body("$", empty());
        as(mine).post("/api/projects/" + fixture.project("Elsewhere").slug + "/me/notes/" + id + "/read").then()
                .statusCode(404);
        as(mine).post(path("/me/notes/" + id + "/read")).then().statusCode(200).body("readAt", notNullValue());
        Visitor leading = Visitor.of(lead);
        Response refused = leading.send(leading.page("/projects/" + project.slug + "/team/" + mine.id)
                .selectFirst("main form[action$=notes]"), Map.of("text", "x".repeat(4_001)));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.asString()).select("textarea").text()).hasSize(4_001);
    }

    /** Leases a given task below the queue, and rates it. */
    private void rate(Account reviewer, long task, boolean smaller) {
        UUID assignment = UUID.randomUUID();
        List<Long> shown = QuarkusTransaction.requiringNew().call(() -> {
            entities.createNativeQuery("""
                            insert into assignment (id, task_id, project_id, account_id, status, shown, leased_at,
                                                    expires_at, instructions_version)
                            values (:id, :task, (select project_id from task where id = :task), :account, 'leased', array(select s.response_id from task_response s
                                     where s.task_id = :task order by s.position desc), now(),
                                    now() + interval '10 minutes', 1)""")
                    .setParameter("id", assignment).setParameter("task", task).setParameter("account", reviewer.id)
                    .executeUpdate();
            List<?> ids = entities.createNativeQuery("select response_id from task_response where task_id = :task"
                    + " order by position desc").setParameter("task", task).getResultList();
            return ids.stream().map(id -> ((Number) id).longValue()).toList();
        });
        desk.submit(reviewer, new Submission(assignment, UUID.randomUUID(), task, shown,
                RatingFixture.preferenceForSmaller(shown, smaller), 1_000));
    }

    /** Prefers the answer with the smaller id of the next task, or the other one. */
    private void prefer(Account reviewer, boolean smaller, long millis) {
        LeasedTask task = desk.lease(reviewer, project).orElseThrow();
        List<Long> shown = RatingFixture.shown(task);
        desk.submit(reviewer, new Submission(task.assignmentId(), UUID.randomUUID(), task.taskId(), shown,
                RatingFixture.preferenceForSmaller(shown, smaller), millis));
    }

    private String path(String below) {
        return "/api/projects/" + project.slug + below;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).contentType(ContentType.JSON);
    }
}
