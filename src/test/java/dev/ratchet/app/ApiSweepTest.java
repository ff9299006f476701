package dev.ratchet.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.app.ApiDescription.Call;
import dev.ratchet.evaluation.Evaluation;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.project.Team;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every call that the description names is refused to whoever may not make it. What is open is listed here; anything
 * new is closed until it is.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ApiSweepTest {
    /** Without signing in. */
    private static final Set<String> ANYBODY = Set.of("get /login", "get /invitations/{token}",
            "post /invitations/{token}", "get /api/invitations/{token}", "post /api/invitations/{token}");

    /** Of no project, or of one that only the body names: with any account. */
    private static final Set<String> ANY_ACCOUNT = Set.of("get /", "post /logout", "get /account",
            "post /account/password", "post /account/tokens", "post /account/tokens/{id}/revoke", "get /api/account",
            "post /api/account/password", "get /api/account/tokens", "post /api/account/tokens",
            "delete /api/account/tokens/{id}", "get /invitations/{token}/join", "post /invitations/{token}/join",
            "post /api/invitations/{token}/join", "get /projects", "get /api/projects", "get /queue",
            "get /queue/hours.csv", "post /api/ratings", "get /v1/models", "post /v1/chat/completions");

    /** Of a project: with an account that may rate in it. */
    private static final Set<String> REVIEWERS = Set.of("get /api/projects/{slug}", "get /api/projects/{slug}/me",
            "get /api/projects/{slug}/me/notes", "post /api/projects/{slug}/me/notes/{id}/read",
            "get /api/projects/{slug}/progress", "get /api/projects/{slug}/queue/history",
            "get /api/projects/{slug}/queue/next", "post /api/projects/{slug}/queue/undo",
            "post /api/assignments/{id}/skip", "put /api/ratings/{id}", "get /projects/{slug}",
            "get /projects/{slug}/loop", "get /projects/{slug}/me", "post /projects/{slug}/me/notes/{id}/read",
            "get /projects/{slug}/prompts", "get /projects/{slug}/rate", "post /projects/{slug}/rate",
            "post /projects/{slug}/rate/again", "post /projects/{slug}/rate/skip", "post /projects/{slug}/rate/undo",
            "get /projects/{slug}/ratings/{id}", "post /projects/{slug}/ratings/{id}");

    /** Of the whole installation, or with files of the server: with an administrator's account. */
    private static final Set<String> ADMINISTRATORS = Set.of("get /accounts", "post /accounts", "get /accounts/audit",
            "post /accounts/{id}/disable", "post /accounts/{id}/enable", "post /accounts/{id}/password",
            "post /accounts/{id}/role", "get /api/accounts", "post /api/accounts", "get /api/accounts/{id}",
            "patch /api/accounts/{id}", "post /api/accounts/{id}/password", "get /api/audit",
            "post /api/projects/{slug}/champion", "post /api/projects/{slug}/versions");

    @Inject
    PageFixture fixture;

    @Inject
    RatingDesk desk;

    @Inject
    Team team;

    private final Map<String, String> ids = new HashMap<>();
    private List<Call> calls;
    private Account member;
    private Account lead;
    private Account stranger;

    @BeforeEach
    void makeAClosedProjectWithEverythingInIt() {
        Account administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        member = fixture.account("Mia Member", Role.REVIEWER);
        stranger = fixture.account("Sue Stranger", Role.REVIEWER);
        lead = fixture.account("Lena Lead", Role.LEAD);
        Project project = fixture.projectWithTasks("Closed", 4);
        PageFixture.History history = fixture.history(project);
        team.add(project, administrator, member.login, Role.REVIEWER, List.of());
        team.add(project, administrator, lead.login, Role.LEAD, List.of());
        team.setOpen(project, administrator, false);
        LeasedTask first = desk.lease(member, project).orElseThrow();
        UUID rating = desk.submit(member, RatingFixture.prefer(first, 2)).ratingId();
        UUID lease = desk.lease(member, project).orElseThrow().assignmentId();
        Long evaluation = QuarkusTransaction.requiringNew().call(() ->
                Evaluation.<Evaluation>find("projectId", project.id).firstResult().id);
        ids.put("slug", project.slug);
        ids.put("runs", String.valueOf(history.finishedRun()));
        ids.put("versions", String.valueOf(history.promoted()));
        ids.put("evaluations", String.valueOf(evaluation));
        ids.put("ratings", rating.toString());
        ids.put("assignments", lease.toString());
        ids.put("account", String.valueOf(member.id));
        ids.put("reviewer", String.valueOf(member.id));
        ids.put("file", "preference.jsonl");
        ids.put("panel", "agreement");
        ids.put("token", "no-such-invitation");
        calls = ApiDescription.read(as(administrator).get("/api/openapi?format=json").asString()).calls()
                .stream().filter(call -> !call.path().startsWith("/probe/")).toList();
    }

    @Test
    void whatTheTablesNameIsThere() {
        Set<String> named = calls.stream().map(Call::toString).collect(Collectors.toSet());
        assertThat(named).containsAll(ANYBODY).containsAll(ANY_ACCOUNT).containsAll(REVIEWERS)
                .containsAll(ADMINISTRATORS);
        assertThat(ADMINISTRATORS).containsAll(
                named.stream().filter(call -> call.contains("/accounts") || call.contains("/api/audit")).toList());
        assertThat(named.size()).isGreaterThan(150);
    }

    @Test
    void withoutAnAccountNothingIsDone() {
        sweep(() -> given(), call -> !ANYBODY.contains(call.toString()), status -> status == 401);
        sweep(() -> given(), call -> ANYBODY.contains(call.toString()), ApiSweepTest::isAnswered);
    }

    @Test
    void whoIsNotInAClosedProjectsTeamDoesNothingInIt() {
        sweep(() -> as(stranger), call -> !isOpenTo(call, ANY_ACCOUNT), status -> status == 403);
        sweep(() -> as(stranger), call -> ANY_ACCOUNT.contains(call.toString()), ApiSweepTest::isAnswered);
    }

    @Test
    void aReviewerDoesNothingOfALeads() {
        sweep(() -> as(member), call -> !isOpenTo(call, ANY_ACCOUNT) && !REVIEWERS.contains(call.toString()),
                status -> status == 403);
        sweep(() -> as(member), call -> REVIEWERS.contains(call.toString()), ApiSweepTest::isAnswered);
    }

    @Test
    void aLeadDoesNothingOfAnAdministrators() {
        sweep(() -> as(lead), call -> ADMINISTRATORS.contains(call.toString()), status -> status == 403);
    }

    private static boolean isOpenTo(Call call, Set<String> table) {
        return ANYBODY.contains(call.toString()) || table.contains(call.toString());
    }

    private static boolean isAnswered(int status) {
        return status != 401 && status != 403 && status < 500;
    }

    private void sweep(Supplier<RequestSpecification> caller, Predicate<Call> which, IntPredicate expected) {
        Set<String> wrong = new TreeSet<>();
        List<Call> swept = new ArrayList<>();
        calls.stream().filter(which).forEach(call -> {
            swept.add(call);
            RequestSpecification request = caller.get().redirects().follow(false).accept("application/json, */*");
            if (call.bodyType() != null || call.isApi()) {
                String type = call.bodyType() == null ? "application/json" : call.bodyType();
                request.contentType(type.equals("*/*") ? "application/octet-stream" : type);
            }
            if (call.sample() != null) {
                request.body("{}".getBytes(StandardCharsets.UTF_8));
            }
            Response answer = request.request(call.verb().toUpperCase(Locale.ROOT), address(call.path()));
            if (!expected.test(answer.statusCode())) {
                wrong.add(call + " -> " + answer.statusCode());
            }
        });
        assertThat(swept).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    /** The path of the closed project, or of a thing in it. */
    private String address(String path) {
        String address = path;
        for (String thing : List.of("runs", "versions", "evaluations", "ratings", "assignments")) {
            address = address.replaceAll("/" + thing + "/\\{id}", "/" + thing + "/" + ids.get(thing));
        }
        for (Map.Entry<String, String> each : ids.entrySet()) {
            address = address.replace("{" + each.getKey() + "}", each.getValue());
        }
        return address.replaceAll("\\{\\w+}", "1");
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD);
    }
}
