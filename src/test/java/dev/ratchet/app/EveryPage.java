package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.project.Invitations;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.quality.QualityFixture;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.AdjudicationDesk;
import dev.ratchet.task.Answer;
import dev.ratchet.task.GoldDesk;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Retractions;
import dev.ratchet.task.RoutingDesk;
import dev.ratchet.task.RoutingSettings;
import dev.ratchet.task.Submission;
import dev.ratchet.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Element;

/** An address for each page of the application, and for each state of a page that looks otherwise, by a short name. */
@ApplicationScoped
public class EveryPage {
    private static final List<String> TABS = List.of("", "/rate", "/me", "/prompts", "/tasks", "/quality",
            "/aggregation", "/adjudication", "/retractions", "/team", "/import", "/export", "/runs", "/versions");
    private static final String ROWS = """
            question,first,second,who
            Why is the sky blue?,Because blue light is scattered most.,Nobody knows.,jo@example.org
            How do I boil an egg?,Seven minutes in boiling water. Write to jo@example.org.,Do not.,x
            Only a question,,,x
            """;

    @Inject
    PageFixture fixture;

    @Inject
    Projects projects;

    @Inject
    QualityFixture quality;

    @Inject
    RatingDesk desk;

    @Inject
    AdjudicationDesk adjudications;

    @Inject
    Retractions retractions;

    @Inject
    Invitations invitations;

    @Inject
    GoldDesk gold;

    @Inject
    RoutingDesk routing;

    /** What somebody sees who may do everything; the names are unique, the addresses without the first slash. */
    public Map<String, String> ofAdministrator(Account who) {
        Map<String, String> pages = new LinkedHashMap<>();
        Project support = fixture.projectWithTasks("Customer support", 24);
        PageFixture.History history = fixture.history(support);
        rateSome(who, support);
        String at = "projects/" + support.slug;
        pages.put("rate", at + "/rate");
        pages.put("rate-marks", rate(fixture.projectAsking(Recipe.REWRITE_AND_SPANS.questions(), 3, 1)));
        pages.put("rate-helpful", rate(fixture.projectAsking(Recipe.HELPFUL_HARMLESS.questions(), 2, 1)));
        Project scored = fixture.projectAsking(Recipe.FIVE_ASPECTS.questions(), 4, 1);
        pages.put("rate-scores", rate(scored));
        pages.put("rate-ranking", rate(fixture.projectAsking(Recipe.RANKING.questions(), 8, 1)));
        pages.put("queue", "queue");
        pages.put("rating", at + "/ratings/" + lastRating(who, support));
        Project complaints = fixture.projectWithTasks("Complaints", 2);
        projects.markSensitive(complaints, true);
        desk.submit(who, RatingFixture.prefer(desk.lease(who, complaints).orElseThrow(), 2));
        pages.put("rating-sensitive", "projects/" + complaints.slug + "/ratings/" + lastRating(who, complaints));
        pages.put("projects", "projects");
        pages.put("project-new", "projects/new");
        pages.put("project", at);
        pages.put("prompts", at + "/prompts");
        pages.put("instructions", at + "/instructions");
        pages.put("instructions-scores", "projects/" + scored.slug + "/instructions");
        pages.put("tasks", at + "/tasks");
        pages.put("task", at + "/tasks/" + fixture.firstTask(support));
        String seasoned = "projects/" + quality.seasoned(who).slug;
        pages.put("quality", seasoned + "/quality");
        pages.put("aggregation", seasoned + "/aggregation");
        teamPages(who, pages);
        imports(who, support, pages);
        pages.put("export", at + "/export");
        pages.put("runs", at + "/runs");
        pages.put("run", "runs/" + history.finishedRun());
        pages.put("run-live", "runs/" + history.runningRun());
        pages.put("run-failed", "runs/" + history.failedRun());
        pages.put("versions", at + "/versions");
        pages.put("version", "versions/" + history.promoted());
        pages.put("version-refused", "versions/" + history.refused());
        pages.put("account", "account");
        pages.put("accounts", "accounts");
        pages.put("accounts-audit", "accounts/audit");
        pages.put("nowhere", "nowhere");
        Project fresh = fixture.project("Brand new");
        TABS.forEach(tab -> pages.put("fresh" + tab.replace('/', '-'), "projects/" + fresh.slug + tab));
        return pages;
    }

    private void teamPages(Account who, Map<String, String> pages) {
        Project team = fixture.teamProject("Returns", who);
        Account rita = fixture.account("Rita Reviewer", Role.REVIEWER);
        Account otto = fixture.account("Otto Brandt", Role.REVIEWER);
        disagreements(team, rita, otto, 12);
        List<Long> open = adjudications.open(team, 20);
        var first = adjudications.of(team, open.get(0));
        adjudications.settle(who, team, first.taskId(), first.responses().stream().map(Answer::responseId).toList(),
                RatingFixture.preference(-2), "It names the next step.");
        adjudications.dismiss(who, team, open.get(1), "A matter of taste.");
        UUID last = lastRating(otto, team);
        long retraction = retractions.retract(who, last, "It was about another order.", true).id;
        String at = "projects/" + team.slug;
        pages.put("adjudication", at + "/adjudication?decided=" + open.get(1));
        pages.put("retractions", at + "/retractions");
        pages.put("retraction-new", at + "/retractions/new?reviewer=" + rita.id);
        pages.put("retraction", at + "/retractions/" + retraction);
        pages.put("team", at + "/team");
        pages.put("team-audit", at + "/team/audit");
        pages.put("team-member", at + "/team/" + rita.id);
        Project own = fixture.teamProject("Deliveries", who);
        rateSome(who, own);
        pages.put("me", "projects/" + own.slug + "/me");
        String secret = invitations.make(team, who,
                new Invitations.Wanted(Role.REVIEWER, List.of("de"), null, 7, 5)).secret();
        pages.put("invitation", "invitations/" + secret);
        pages.put("invitation-over", "invitations/nothing");
    }

    private static void imports(Account who, Project project, Map<String, String> pages) {
        Visitor visitor = Visitor.of(who);
        String list = "/projects/" + project.slug + "/import";
        String looked = upload(visitor, list, "answers.csv");
        String done = upload(visitor, list, "last week.csv");
        Element form = visitor.page(done).selectFirst("#mapping");
        Map<String, String> chosen = new HashMap<>();
        for (Element select : form.select("select[name]")) {
            Element option = select.selectFirst("option[selected]");
            chosen.put(select.attr("name"), (option == null ? select.selectFirst("option") : option).val());
        }
        chosen.putAll(Map.of("column-chosen", "first", "column-rejected", "second"));
        visitor.send(form, chosen);
        awaitOn(visitor, done, "form[action$=start]");
        visitor.send(visitor.page(done).selectFirst("form[action$=start]"), Map.of());
        awaitOn(visitor, done, "#report");
        pages.put("import", list.substring(1));
        pages.put("import-look", looked.substring(1));
        pages.put("import-done", done.substring(1));
    }

    private static String upload(Visitor visitor, String list, String name) {
        String at = visitor.upload(visitor.page(list).selectFirst("#upload"), Map.of(), name, ROWS).header("Location");
        String page = URI.create(at).getPath();
        awaitOn(visitor, page, "#mapping");
        return page;
    }

    /** What a reviewer sees who was asked for a round of known answers: one round runs, one they failed. */
    public Map<String, String> ofReviewer(Account who) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("reviewer-round", rate(round(who, false)));
        pages.put("reviewer-round-failed", rate(round(who, true)));
        Project rated = fixture.projectWithTasks("Deliveries", 4);
        rateAll(who, rated, true);
        pages.put("reviewer-all-rated", rate(rated));
        pages.put("reviewer-queue", "queue");
        pages.put("reviewer-project", "projects/" + rated.slug);
        pages.put("reviewer-me", "projects/" + rated.slug + "/me");
        pages.put("reviewer-refused", "projects/" + rated.slug + "/team");
        return pages;
    }

    private static void awaitOn(Visitor visitor, String page, String what) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !visitor.page(page).select(what).isEmpty());
    }

    /** A project with a round of two known answers, which a reviewer is in the middle of or has failed. */
    private Project round(Account who, boolean failed) {
        Project project = fixture.projectWithTasks(failed ? "Refunds" : "Warranty", 6);
        List<Long> tasks = fixture.tasks(project);
        tasks.subList(0, 3).forEach(task -> gold.set(project, task, Task.CALIBRATION, RatingFixture.tie(),
                "Neither says when the parcel comes.", who));
        routing.set(project, new RoutingSettings(0, false, 2, 0.75, 0.2));
        for (int given = 0; given < (failed ? 2 : 1); given++) {
            desk.submit(who, RatingFixture.prefer(desk.lease(who, project).orElseThrow(), 2));
        }
        return project;
    }

    /** Two reviewers rate all tasks of a project, each the other way, until so many wait for a lead. */
    public void disagreements(Project project, Account one, Account other, int waiting) {
        rateAll(one, project, true);
        rateAll(other, project, false);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(adjudications.waiting(project)).isEqualTo(waiting));
    }

    private void rateAll(Account who, Project project, boolean smaller) {
        Optional<LeasedTask> lease = desk.lease(who, project);
        for (int at = 0; lease.isPresent(); at++) {
            LeasedTask task = lease.get();
            ObjectNode answers = RatingFixture.preferenceForSmaller(RatingFixture.shown(task), smaller).deepCopy();
            if (at % 2 == 0) {
                answers.put("comment", smaller ? "It names the next step." : "Too long for what was asked.");
            }
            desk.submit(who, new Submission(task.assignmentId(), UUID.randomUUID(), task.taskId(),
                    RatingFixture.shown(task), answers, 14_000 + 3_100L * at));
            lease = desk.lease(who, project);
        }
    }

    private UUID lastRating(Account who, Project project) {
        return desk.history(who, project, 1).get(0).ratingId();
    }

    private void rateSome(Account who, Project project) {
        Integer[] strengths = {-2, 3, 1, null, -1, 2};
        for (Integer strength : strengths) {
            ObjectNode answers = JsonNodeFactory.instance.objectNode();
            answers.set("preference", strength == null ? RatingFixture.tie().get("preference")
                    : RatingFixture.preference(strength).get("preference"));
            if (strength != null && strength == 3) {
                answers.put("comment", "names the next step");
            }
            LeasedTask task = desk.lease(who, project).orElseThrow();
            desk.submit(who, RatingFixture.submission(task, UUID.randomUUID(), answers));
        }
    }

    private static String rate(Project project) {
        return "projects/" + project.slug + "/rate";
    }
}
