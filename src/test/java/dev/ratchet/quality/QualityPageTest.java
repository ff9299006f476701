package dev.ratchet.quality;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.tie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.app.PageFixture;
import dev.ratchet.app.Visitor;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.GroupMember;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.project.ReviewerGroup;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.Task;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lead is told of a small project whose figures can be computed by hand. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class QualityPageTest {
    private static final JsonNode BOTH_BAD = answers("{'preference': {'verdict': 'both_bad'}}");
    private static final Instant FIRST = Instant.parse("2026-03-02T23:30:00Z");
    private static final Instant SECOND = Instant.parse("2026-03-04T12:00:00Z");

    @Inject
    PageFixture pages;

    @Inject
    QualityFixture fixture;

    @Inject
    Projects projects;

    private Account lead;
    private Account ann;
    private Account ben;
    private Project project;
    private List<Task> tasks;

    @BeforeEach
    void aProjectOfFiveTasksAndTwoReviewers() {
        lead = pages.account("Lena Lead", Role.LEAD);
        ann = pages.account("=Ann", Role.REVIEWER);
        ben = pages.account("Ben, B", Role.REVIEWER);
        project = pages.projectWithTasks("Customer support", 6);
        fixture.made(project, FIRST.minus(Duration.ofHours(12)));
        tasks = fixture.tasks(project);
    }

    /** Ann and Ben on five of six tasks, the last task of another day; above 0 the first response is better. */
    private void rateByBoth() {
        rate(0, ann, 2, false, FIRST, 10_000);
        rate(0, ben, 2, true, FIRST, 20_000);
        rate(1, ann, -1, false, FIRST, 12_000);
        rate(1, ben, -1, true, FIRST, 22_000);
        rate(2, ann, 3, false, FIRST, 14_000);
        rate(2, ben, 1, true, FIRST, 24_000);
        rate(3, ann, -2, true, FIRST, 16_000);
        rate(3, ben, 1, true, FIRST, 26_000);
        fixture.rate(tasks.get(4), ann, tie(), false, SECOND, 18_000, 1);
        fixture.rate(tasks.get(4), ben, BOTH_BAD, false, SECOND, 28_000, 1);
        tasks.subList(0, 5).forEach(fixture::complete);
    }

    private void rate(int task, Account who, int firstIsBetter, boolean swapped, Instant at, long millis) {
        fixture.rate(tasks.get(task), who, preference(swapped ? firstIsBetter : -firstIsBetter), swapped, at, millis, 1);
    }

    private JsonPath report(String query) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> as(lead).get(address(query)).then().statusCode(200)
                .extract().jsonPath(), report -> report.get("agreement") != null);
    }

    private String address(String query) {
        return "/api/projects/" + project.slug + "/quality" + query;
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD).urlEncodingEnabled(false);
    }

    @Test
    void agreementIsWhatItIsByHand() {
        rateByBoth();
        JsonPath report = report("");
        // Ordinal alpha over (2,2), (-1,-1), (3,1), (-2,1): "both bad" is no step of the scale.
        assertThat(report.getDouble("agreement.rows[0].alpha.value")).isCloseTo(0.470679, within(5e-7));
        assertThat(report.getString("agreement.rows[0].level")).isEqualTo("ordinal");
        assertThat(report.getInt("agreement.rows[0].units")).isEqualTo(4);
        // Which is better, tie, both bad: agreed 3 of 5; Cohen's chance 0.32, Fleiss' 0.36.
        assertThat(report.getDouble("agreement.rows[0].fleiss.value")).isCloseTo(0.375, within(1e-6));
        assertThat(report.getDouble("agreement.rows[0].cohen.value")).isCloseTo(7.0 / 17, within(1e-6));
        assertThat(report.getDouble("agreement.pairs[0].kappa.value")).isCloseTo(7.0 / 17, within(1e-6));
        assertThat(report.getInt("agreement.pairs[0].units")).isEqualTo(5);
        assertThat(report.getList("agreement.overTime.day")).containsExactly("2026-03-02", "2026-03-04");
        assertThat(report.getString("agreement.overTime[1].alpha.undefined")).isEqualTo("no unit has two ratings");
    }

    @Test
    void countsSidesTimesAndStrengthsAreWhatTheyAreByHand() {
        rateByBoth();
        JsonPath report = report("");
        assertThat(report.getInt("burnDown.left")).isEqualTo(1);
        assertThat(report.getInt("burnDown.total")).isEqualTo(6);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertThat(report.getString("burnDown.days[-1].day")).isEqualTo(today.toString());
        assertThat(report.getInt("burnDown.days[-1].left")).isEqualTo(1);
        assertThat(report.getList("throughput.days.ratings")).containsExactly(8, 0, 2);
        assertThat(report.getList("throughput.people.ratings")).containsExactly(5, 5);
        // Ann: A for 0 and 2, B for 1, and for 3 what stood first. Ben: shown swapped, the second answer stood left.
        assertThat(report.getList("reviewers.reviewer.name")).containsExactly("=Ann", "Ben, B");
        assertThat(report.getList("reviewers.sides.left")).containsExactly(3, 1);
        assertThat(report.getList("reviewers.sides.choices")).containsExactly(4, 4);
        assertThat(report.getDouble("reviewers[0].times.median")).isEqualTo(14);
        assertThat(report.getDouble("reviewers[1].times.lowerQuartile")).isEqualTo(22);
        assertThat(report.getInt("strengths.comparisons")).isEqualTo(10);
        assertThat(report.getInt("strengths.steps.find { it.step == 'both_bad' }.count")).isEqualTo(1);
        assertThat(report.getInt("strengths.steps.find { it.step == '0' }.count")).isEqualTo(1);
        assertThat(report.getInt("strengths.steps.find { it.step == '-3' }.count")).isEqualTo(1);
        assertThat(report.getDouble("strengths.clear.value")).isCloseTo(0.4, within(1e-6));
        assertThat(report.getList("reviewers.gold")).containsOnlyNulls();
        assertThat(report.getMap("tookMillis")).containsOnlyKeys("state", "sample", "burn_down",
                "throughput", "strengths", "agreement", "reviewers");
    }

    @Test
    void goldAnswersCountForAccuracyAndAreNoWorkThatIsLeft() {
        fixture.gold(tasks.get(0), lead, -1);
        fixture.gold(tasks.get(1), lead, -1);
        rateByBoth();
        JsonPath report = report("");
        assertThat(report.getInt("reviewers[0].gold.right")).isEqualTo(1);
        assertThat(report.getInt("reviewers[0].gold.answered")).isEqualTo(2);
        assertThat(report.getDouble("reviewers[0].gold.accuracy.value")).isEqualTo(0.5);
        assertThat(report.getInt("burnDown.total")).isEqualTo(4);
    }

    @Test
    void versionsOfTheQuestionsAreKeptApart() {
        rateByBoth();
        projects.revise(project, 1, "Be brief.", Recipe.HELPFUL_HARMLESS.questions(), "More", lead.id);
        fixture.rate(tasks.get(5), ann, preference(1), false, SECOND, 1_000, 1);
        JsonNode scores = answers(scores(5));
        fixture.rate(tasks.get(5), ben, scores, false, SECOND, 1_000, 2);
        JsonPath report = report("");
        assertThat(report.getInt("agreement.rows.find { it.version == 1 }.units")).isEqualTo(4);
        assertThat(report.getList("agreement.rows.findAll { it.version == 2 }.units")).isNotEmpty().containsOnly(0);
        assertThat(report.getList("agreement.rows.findAll { it.version == 2 }.alpha.undefined"))
                .containsOnly("no unit has two ratings");
        assertThat(report("?version=1&question=preference").getInt("agreement.version")).isEqualTo(1);
        assertThat(report("?version=1").getInt("ratings")).isEqualTo(11);
    }

    /** Every question of the recipe that compares, answered for the first response. */
    private String scores(int value) {
        QuarkusTransaction.requiringNew().run(() -> assertThat(Instructions.of(project.id, 2).version).isEqualTo(2));
        return "{'preference': {'verdict': 'preference', 'strength': -" + Math.min(3, value) + "}}";
    }

    @Test
    void theFilterIsByDaysOfTheZoneAndByGroup() {
        rateByBoth();
        assertThat(report("?to=2026-03-02").getInt("ratings")).isEqualTo(8);
        // Half past eleven at night in UTC is the next day in Berlin.
        assertThat(report("?from=2026-03-03&to=2026-03-03").getInt("ratings")).isZero();
        JsonPath berlin = report("?from=2026-03-03&to=2026-03-03&zone=Europe/Berlin");
        assertThat(berlin.getInt("ratings")).isEqualTo(8);
        assertThat(berlin.getList("throughput.days.day")).containsExactly("2026-03-03");
        assertThat(berlin.getString("zone")).isEqualTo("Europe/Berlin");
        assertThat(report("?window=month").getList("agreement.overTime.day")).containsExactly("2026-03-01");
        long group = QuarkusTransaction.requiringNew().call(() -> {
            ReviewerGroup made = new ReviewerGroup();
            made.projectId = project.id;
            made.name = "Night shift";
            made.tags = new String[] {"de"};
            made.persist();
            GroupMember member = new GroupMember();
            member.groupId = made.id;
            member.accountId = ben.id;
            member.persist();
            return made.id;
        });
        assertThat(report("?reviewers=group:" + group).getList("reviewers.reviewer.name")).containsExactly("Ben, B");
        assertThat(report("?reviewers=tag:de").getInt("ratings")).isEqualTo(5);
        assertThat(report("?reviewers=tag:medicine").getInt("ratings")).isZero();
        assertThat(Visitor.of(lead).page("/projects/" + project.slug + "/quality?reviewers=group:" + group)
                .select("select[name=reviewers] option[selected]").text()).isEqualTo("Group Night shift");
    }

    @Test
    void aRatingThatWasTakenBackOrChangedCountsAsItStandsNow() {
        rateByBoth();
        assertThat(report("").getInt("ratings")).isEqualTo(10);
        QuarkusTransaction.requiringNew().run(() -> dev.ratchet.task.Rating.getEntityManager().createNativeQuery("""
                        insert into rating select id, 2, assignment_id, task_id, account_id, active_millis,
                               instructions_version, created_at, '{}', true from rating
                         where task_id = :task and account_id = :ann""")
                .setParameter("task", tasks.get(3).id).setParameter("ann", ann.id).executeUpdate());
        JsonPath report = report("");
        assertThat(report.getInt("ratings")).isEqualTo(9);
        // Ordinal alpha over (2,2), (-1,-1), (3,1).
        assertThat(report.getInt("agreement.rows[0].units")).isEqualTo(3);
    }

    @Test
    void thePageShowsTheNumbersAndTheirTablesWithoutAScript() {
        rateByBoth();
        report("");
        Document page = Visitor.of(lead).page("/projects/" + project.slug + "/quality");
        assertThat(page.select("nav.tabs [aria-current]").text()).isEqualTo("Quality");
        assertThat(page.select("#burn-down .headline").text()).isEqualTo("1 tasks left of 6");
        assertThat(page.select("#agreement .headline").text()).startsWith("0.47 Krippendorff's alpha, ordinal");
        assertThat(page.select("#agreement tbody tr").first().text()).contains("Which answer is better?", "0.38", "0.41");
        assertThat(page.select("#sides tbody tr").eachText()).first().asString().startsWith("=Ann 3 4 75.0%");
        assertThat(page.select("#times .headline").text()).startsWith("19.0 s, the median");
        assertThat(page.select("#gold").text()).contains("No gold task has been rated");
        assertThat(page.select("#findings .headline").text()).isEqualTo("0 findings");
        assertThat(page.select(".quality-panel h2")).hasSize(9);
        assertThat(page.select("details.numbers")).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void anEmptyProjectSaysWhatToDoAndAFilterThatLetsNothingThroughToo() {
        Visitor visitor = Visitor.of(lead);
        String at = "/projects/" + project.slug + "/quality";
        assertThat(visitor.page(at).select(".empty h2").text()).isEqualTo("No rating yet");
        rateByBoth();
        assertThat(visitor.page(at + "?from=2026-04-01").select(".empty h2").text())
                .isEqualTo("No rating passes the filter");
    }

    @Test
    void aTableComesAsCsvInWhichNoNameIsAFormula() {
        rateByBoth();
        report("");
        String people = as(lead).get(address("/people.csv")).then().statusCode(200)
                .header("Content-Type", containsString("text/csv"))
                .header("Content-Disposition", containsString("-people.csv")).extract().asString();
        assertThat(people.lines()).containsExactly("reviewer,ratings,ratings_last_7_days", "'=Ann,5,0", "\"Ben, B\",5,0");
        assertThat(as(lead).get(address("/strengths.csv")).asString().lines()).hasSize(9)
                .anyMatch(line -> line.startsWith("-3,1,0.1,"));
        for (String panel : List.of("burn-down", "throughput", "agreement", "agreement-over-time", "pairs", "reviewers",
                "findings")) {
            as(lead).get(address("/" + panel + ".csv?to=2026-03-02")).then().statusCode(200);
        }
    }

    @Test
    void whatIsNotForReviewersOrCannotBeIsRefused() {
        given().get(address("")).then().statusCode(401);
        for (String path : List.of(address(""), address("/people.csv"), "/projects/" + project.slug + "/quality",
                "/projects/" + project.slug + "/quality/slow")) {
            as(ann).get(path).then().statusCode(403);
        }
        as(lead).get("/api/projects/nowhere/quality").then().statusCode(404);
        as(lead).get(address("/nothing.csv")).then().statusCode(404).body("type", containsString("unknown-panel"));
        Map<String, String> wrong = Map.of("from=yesterday", "from", "from=2026-03-05&to=2026-03-01", "from",
                "version=0", "version", "version=1&version=2", "version", "zone=Mars/Olympus", "zone", "zone=GMT%2B5", "zone",
                "window=hour", "window", "question=nothing", "question", "reviewers=7", "reviewers",
                "sort=name", "sort");
        wrong.forEach((query, field) -> as(lead).get(address("?" + query)).then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:invalid-filter"), "detail", containsString(field)));
        as(lead).get(address("?question=%00")).then().statusCode(422);
        as(lead).get("/projects/" + project.slug + "/quality?sort=name").then().statusCode(422);
    }
}
