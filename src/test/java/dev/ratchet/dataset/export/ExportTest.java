package dev.ratchet.dataset.export;

import static dev.ratchet.task.RatingFixture.answers;
import static dev.ratchet.task.RatingFixture.preference;
import static dev.ratchet.task.RatingFixture.shown;
import static dev.ratchet.task.RatingFixture.submission;
import static dev.ratchet.task.RatingFixture.tie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.examples.Lint;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.NewProject;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectSettings;
import dev.ratchet.project.Projects;
import dev.ratchet.project.Prompts;
import dev.ratchet.question.Recipe;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.Account;
import dev.ratchet.security.Accounts;
import dev.ratchet.security.NewAccount;
import dev.ratchet.security.Role;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.NewTask;
import dev.ratchet.task.Rated;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Tasks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people said, as files: exact rows of every kind and form, and what is refused. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ExportTest {
    private static final String PASSWORD = "correct horse";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Accounts accounts;

    @Inject
    Projects projects;

    @Inject
    Prompts prompts;

    @Inject
    Tasks tasks;

    @Inject
    RatingDesk desk;

    @Inject
    RatingFixture fixture;

    @Inject
    Snapshots snapshots;

    @Inject
    TrainingExamples examples;

    private Path folder;

    private final String lead = "l-" + UUID.randomUUID();

    /** What two reviewers said of a task: the strength that each gives the first response, or null for a tie. */
    private record Said(long prompt, long first, long second, String one, String other) {}

    @BeforeEach
    void makeFolder(@TempDir Path made) {
        folder = made;
    }

    @Test
    void preferenceRowsAreThePairsWithTheirRatingsAndLintCleanly() throws IOException {
        Project project = fixture.project(2);
        List<Said> said = rate(project, List.of(List.of(2, 3), List.of(-1, -1)));
        List<JsonNode> rows = rows(project, "preference.jsonl");
        assertThat(rows).hasSize(2);
        JsonNode row = rowOf(rows, said.get(0));
        assertThat(names(row)).containsExactly("prompt", "chosen", "rejected", "weight", "margin", "source", "pair_id",
                "split", "prompt_id", "rating_ids", "aggregation", "ties", "disagreement");
        assertThat(row.path("prompt").get(0).path("role").asText()).isEqualTo("user");
        assertThat(row.path("chosen")).isEqualTo(JSON.readTree(
                "[{\"role\": \"assistant\", \"content\": \"=On its way.\"}]"));
        assertThat(row.path("rejected").get(0).path("content").asText()).isEqualTo("No idea.");
        assertThat(row.path("weight").asDouble()).isEqualTo(1);
        assertThat(texts(row.path("rating_ids"))).containsExactlyInAnyOrder(said.get(0).one(), said.get(0).other());
        assertThat(row.path("aggregation").asText()).isEqualTo("mean-strength-v1");
        assertThat(row.path("ties").asText()).isEqualTo("drop");
        assertThat(row.path("disagreement").asText()).isEqualTo("mean-strength");
        assertThat(rowOf(rows, said.get(1)).path("chosen").get(0).path("content").asText()).isEqualTo("No idea.");

        Path file = Files.writeString(folder.resolve("rows.jsonl"), body(project, "preference.jsonl"));
        assertThat(Lint.ofTexts().preferences(file).orFail().counts()).isEmpty();
        assertThat(body(project, "preference.jsonl?split=train")
                + body(project, "preference.jsonl?split=eval")).isEqualTo(body(project, "preference.jsonl"));
    }

    @Test
    void thePolicyForTiesAndDisagreementIsAChoiceThatEachRowNames() throws IOException {
        Project project = fixture.project(2);
        List<Said> said = rate(project, List.of(Arrays.asList(2, 2), Arrays.asList(3, -1), Arrays.asList(null, null)));
        String prompts = "rows of each prompt";
        assertThat(perPrompt(rows(project, "preference.jsonl"), said)).as(prompts).containsExactly(1, 1, 0);
        assertThat(perPrompt(rows(project, "preference.jsonl?ties=both"), said)).as(prompts).containsExactly(1, 1, 2);
        assertThat(perPrompt(rows(project, "preference.jsonl?disagreement=majority"), said)).containsExactly(1, 0, 0);
        assertThat(perPrompt(rows(project, "preference.jsonl?disagreement=majority&ties=both"), said))
                .containsExactly(1, 2, 2);
        List<JsonNode> each = rows(project, "preference.jsonl?disagreement=all");
        assertThat(perPrompt(each, said)).containsExactly(2, 2, 0);
        assertThat(each).allSatisfy(row -> {
            assertThat(row.path("rating_ids")).hasSize(1);
            assertThat(row.path("aggregation").asText()).isEqualTo("each-rating-v1");
            assertThat(row.path("disagreement").asText()).isEqualTo("all");
        });
        List<JsonNode> tied = rows(project, "preference.jsonl?ties=both").stream()
                .filter(row -> row.path("prompt_id").asLong() == said.get(2).prompt()).toList();
        assertThat(tied.get(0).path("chosen")).isEqualTo(tied.get(1).path("rejected"));
        assertThat(tied).allSatisfy(row -> assertThat(row.path("weight").asDouble()).isEqualTo(0.5));
    }

    @Test
    void answersWithLabelsFollowFromPairsAndFromWhatBothFoundBad() throws IOException {
        Project project = fixture.project(2);
        List<Said> said = rate(project, List.of(Arrays.asList(2, 1), Arrays.asList(null, null)));
        Project bad = fixture.project(1);
        fixture.tasks(bad, 1);
        Account reviewer = fixture.reviewer();
        LeasedTask lease = desk.lease(reviewer, bad).orElseThrow();
        desk.submit(reviewer, submission(lease, UUID.randomUUID(), answers("{'preference': {'verdict': 'both_bad'}}")));
        awaitDelivered(bad, 1);

        List<JsonNode> rows = rows(project, "kto.jsonl");
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("prompt_id").asLong()).isEqualTo(said.get(0).prompt());
            assertThat(row.path("label").asBoolean())
                    .isEqualTo(row.path("completion").get(0).path("content").asText().equals("=On its way."));
            assertThat(row.path("weight").asDouble()).isEqualTo(1);
            assertThat(row.path("aggregation").asText()).isEqualTo("net-weight-v1");
        });
        assertThat(rows(project, "kto.jsonl?ties=both")).hasSize(2 + 4);
        assertThat(rows(bad, "kto.jsonl")).hasSize(2).allSatisfy(
                row -> assertThat(row.path("label").asBoolean()).isFalse());
        Path file = Files.writeString(folder.resolve("rows.jsonl"), body(project, "kto.jsonl"));
        assertThat(Lint.ofTexts().unpaired(file).orFail().counts()).isEmpty();
    }

    @Test
    void demonstrationsAreWhatReviewersWroteAndWhatTheyChose() throws IOException {
        Project project = projects.create(new NewProject("p-" + UUID.randomUUID(), "Care", "", "", 1,
                ProjectSettings.defaults(), Recipe.REWRITE_AND_SPANS.questions()));
        tasks(project, 1, 3);
        Account reviewer = fixture.reviewer();
        LeasedTask lease = desk.lease(reviewer, project).orElseThrow();
        Rated rated = desk.submit(reviewer, submission(lease, UUID.randomUUID(), answers(
                "{'best': " + shown(lease).get(1) + ", 'marks': [{'response': " + shown(lease).get(0) + ", 'start': 0, 'end': 2, 'label': 'wrong',"
                + " 'reason': 'my neighbour Ann says so'}], 'rewrite': {'response': " + shown(lease).get(1)
                + ", 'text': 'What I would say.'}}")));
        awaitDelivered(project, 1);

        List<JsonNode> rows = rows(project, "sft.jsonl");
        assertThat(rows).extracting(row -> row.path("source").asText()).containsExactly("rewrite", "chosen");
        assertThat(rows).extracting(row -> row.path("completion").get(0).path("content").asText())
                .containsExactly("What I would say.", lease.responses().get(1).text());
        assertThat(rows).allSatisfy(row -> assertThat(texts(row.path("rating_ids")))
                .containsExactly(rated.ratingId().toString()));
        Path file = Files.writeString(folder.resolve("rows.jsonl"), body(project, "sft.jsonl"));
        assertThat(Lint.ofTexts().supervised(file).orFail().counts()).isEmpty();

        // A supervised run learns what was written from the ratings that its snapshot was made from.
        Snapshot snapshot = snapshots.create(project);
        List<TrainingExamples.Example> learned = new ArrayList<>();
        examples.read(project, snapshot, 0, learned::add);
        if (rows.get(0).path("split").asText().equals("train")) {
            assertThat(learned).singleElement().satisfies(example -> {
                assertThat(example.source()).isEqualTo("rewrite");
                assertThat(example.text()).isEqualTo("What I would say.");
                assertThat(example.ratingIds()).containsExactly(rated.ratingId().toString());
                assertThat(example.prompt()).singleElement().extracting(Message::role).isEqualTo("user");
            });
        } else {
            assertThat(learned).isEmpty();
        }

        JsonNode without = rows(project, "ratings.jsonl").get(0);
        assertThat(without.path("answers").toString()).contains("\"label\":\"wrong\"").doesNotContain("Ann", "I would");
        JsonNode with = rows(project, "ratings.jsonl?text=true").get(0);
        assertThat(with.path("answers").toString()).contains("Ann", "What I would say.");
        assertThat(with.path("reviewer").asText()).isEqualTo(reviewer.pseudonym.toString());
        assertThat(body(project, "ratings.jsonl?text=true")).doesNotContain(reviewer.login, reviewer.displayName);
        assertThat(with.path("comparisons")).hasSize(2);
        assertThat(with.path("responses")).hasSize(3);
        assertThat(with.path("responses").get(1).path("response_id").asLong()).isEqualTo(shown(lease).get(1));
    }

    @Test
    void rewardRowsHaveTheMeansOfEveryAspect() throws IOException {
        Project project = projects.create(new NewProject("p-" + UUID.randomUUID(), "Scores", "", "", 2,
                ProjectSettings.defaults(), Recipe.FIVE_ASPECTS.questions()));
        List<Long> responses = tasks(project, 1, 2);
        for (int step : new int[] {2, 4}) {
            Account reviewer = fixture.reviewer();
            LeasedTask lease = desk.lease(reviewer, project).orElseThrow();
            Map<String, Map<String, Integer>> scores = new HashMap<>();
            for (String aspect : List.of("helpfulness", "correctness", "coherence", "completeness", "concision")) {
                scores.computeIfAbsent(responses.get(0).toString(), id -> new HashMap<>()).put(aspect, step);
                scores.computeIfAbsent(responses.get(1).toString(), id -> new HashMap<>()).put(aspect, 1);
            }
            desk.submit(reviewer, submission(lease, UUID.randomUUID(), JSON.valueToTree(Map.of("aspects", scores))));
        }
        awaitDelivered(project, 2);
        List<JsonNode> rows = rows(project, "reward.jsonl");
        assertThat(rows).hasSize(1);
        JsonNode first = rows.get(0).path("responses").get(0);
        assertThat(first.path("response_id").asLong()).isEqualTo(responses.get(0));
        assertThat(first.path("scores").path("aspects.helpfulness").asDouble()).isEqualTo(3);
        assertThat(first.path("score").asDouble()).isEqualTo(0.5);
        assertThat(first.path("strength").asDouble()).isEqualTo(2);
        assertThat(rows.get(0).path("responses").get(1).path("score").asDouble()).isZero();
        assertThat(rows.get(0).path("rating_ids")).hasSize(2);
        assertThat(rows.get(0).path("aggregation").asText()).isEqualTo("mean-score-v1");
    }

    @Test
    void everyFormHoldsTheSameRowsAndNoCellIsAFormula() throws IOException {
        Project project = fixture.project(2);
        rate(project, List.of(List.of(2, 3), List.of(-1, -1), List.of(1, 1)));
        List<JsonNode> rows = rows(project, "preference.jsonl");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(
                get(project, "preference.jsonl.gz").asByteArray())).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(body(project, "preference.jsonl"));

        List<Map<String, String>> csv = new CsvMapper().readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(body(project, "preference.csv")).readAll();
        assertThat(csv).hasSize(3);
        for (int i = 0; i < 3; i++) {
            String chosen = rows.get(i).path("chosen").get(0).path("content").asText();
            assertThat(csv.get(i).get("chosen")).isEqualTo(chosen.startsWith("=") ? "'" + chosen : chosen);
            assertThat(JSON.readTree(csv.get(i).get("prompt"))).isEqualTo(rows.get(i).path("prompt"));
            assertThat(csv.get(i).get("weight")).isEqualTo("1.0");
        }
        assertThat(csv.toString()).contains("'=On its way.");

        Path file = Files.write(folder.resolve("rows.parquet"), get(project, "preference.parquet").asByteArray());
        List<Group> groups = parquet(file);
        assertThat(groups).hasSize(3);
        for (int i = 0; i < 3; i++) {
            Group message = groups.get(i).getGroup("prompt", 0).getGroup("list", 0).getGroup("element", 0);
            assertThat(message.getString("content", 0))
                    .isEqualTo(rows.get(i).path("prompt").get(0).path("content").asText());
            assertThat(groups.get(i).getGroup("chosen", 0).getGroup("list", 0).getGroup("element", 0)
                    .getString("content", 0)).isEqualTo(rows.get(i).path("chosen").get(0).path("content").asText());
            assertThat(groups.get(i).getDouble("weight", 0)).isEqualTo(1);
            assertThat(groups.get(i).getGroup("rating_ids", 0).getGroup("list", 1).getString("element", 0))
                    .isEqualTo(rows.get(i).path("rating_ids").get(1).asText());
        }
        assertThat(parquet(Files.write(folder.resolve("r.parquet"), get(project, "ratings.parquet").asByteArray())))
                .hasSize(6);
        assertThat(body(project, "ratings.csv").split("\r\n")[0]).startsWith("rating_id,revision,task_id,purpose");
    }

    @Test
    void whatASpreadsheetWouldRunBecomesText() {
        assertThat(List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")).allSatisfy(
                text -> assertThat(CsvFile.safe(text)).isEqualTo("'" + text));
        assertThat(CsvFile.safe("a=1")).isEqualTo("a=1");
        assertThat(CsvFile.safe("")).isEmpty();
    }

    @Test
    void theFolderHasACardThatCountsAndNamesThePolicy() throws IOException {
        Project project = fixture.project(2);
        rate(project, List.of(List.of(2, 3), List.of(-1, -1), List.of(1, 1)));
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(
                get(project, "preference.zip").asByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files.keySet()).containsExactly("data/train.jsonl", "data/eval.jsonl", "README.md");
        assertThat(files.get("data/train.jsonl") + files.get("data/eval.jsonl"))
                .isEqualTo(body(project, "preference.jsonl"));
        long train = files.get("data/train.jsonl").lines().count();
        String card = files.get("README.md");
        assertThat(card).startsWith("---\npretty_name: \"Support: preference rows").contains(
                "license: other", "- split: train\n    path: data/train.jsonl", "- n<1K", "| train | " + train + " |",
                "| eval | " + (3 - train) + " |", "`drop`", "`mean-strength`", "version 1 holds now");
        assertThat(withoutTime(body(project, "preference.md"))).isEqualTo(withoutTime(card));
        assertThat(body(project, "ratings.md")).contains("full ratings", "Comments and reasons are left out");
        assertThat(body(project, "ratings.md?text=true")).contains("Comments and reasons are in it");
    }

    @Test
    void theCardSaysHowFarTheRatingsAgree() throws IOException {
        Project project = fixture.project(2);
        assertThat(body(project, "preference.md")).contains("No rating of a scale is behind the rows.");
        rate(project, List.of(List.of(2, 2), List.of(-1, -1), List.of(3, 1), List.of(-2, 1), List.of(1, -1)));
        String card = body(project, "preference.md");
        String number = "-?[01]\\.[0-9]{2}";
        assertThat(card).containsPattern("\\| Which answer is better\\? \\| 1 \\| ordinal \\| " + number + " \\| "
                + number + " to " + number + " \\| 5 \\| 10 \\| 2 \\|");
        // Of the last task nothing came: its ratings cancel out.
        String frozen = body(project, "preference.md?snapshot=" + snapshots.create(project).id);
        assertThat(frozen).contains("tasks whose ratings cancel out made no pair", "| 4 | 8 | 2 |")
                .doesNotContain("| 5 | 10 | 2 |");
    }

    @Test
    void aSnapshotIsExportedAsItWasFrozen() throws IOException {
        Project project = fixture.project(2);
        Account reviewer = fixture.reviewer();
        List<Said> said = rate(project, List.of(List.of(2, 3), List.of(-1, -1)), reviewer);
        Snapshot frozen = snapshots.create(project);
        String before = body(project, "ratings.jsonl");
        desk.edit(reviewer, UUID.fromString(said.get(1).other()), preference(3));
        awaitRevision(project, 2);
        String frozenRows = body(project, "preference.jsonl?snapshot=" + frozen.id);
        assertThat(frozenRows.lines()).hasSize(2);
        assertThat(rowOf(lines(frozenRows), said.get(1)).path("chosen").get(0).path("content").asText())
                .isEqualTo("No idea.");
        assertThat(texts(rowOf(lines(frozenRows), said.get(0)).path("rating_ids")))
                .containsExactlyInAnyOrder(said.get(0).one(), said.get(0).other());
        assertThat(body(project, "ratings.jsonl?snapshot=" + frozen.id)).isEqualTo(before);
        assertThat(body(project, "ratings.jsonl")).isNotEqualTo(before);
        assertThat(rows(project, "kto.jsonl?snapshot=" + frozen.id)).hasSize(4);
        assertThat(rows(project, "sft.jsonl?snapshot=" + frozen.id)).hasSize(2);
        assertThat(body(project, "preference.md?snapshot=" + frozen.id)).contains(frozen.digest);
        as(lead).get(path(project, "preference.jsonl?ties=both&snapshot=" + frozen.id)).then().statusCode(422)
                .body("type", equalTo("urn:ratchet:problem:frozen-policy"));
        Project other = fixture.project(1);
        as(lead).get(path(other, "preference.jsonl?snapshot=" + frozen.id)).then().statusCode(404)
                .body("type", equalTo("urn:ratchet:problem:unknown-snapshot"));
    }

    @Test
    void anEmptyProjectHasEmptyFilesAndWhatDoesNotExistIsRefused() throws IOException {
        Project project = fixture.project(1);
        for (RowKind kind : RowKind.values()) {
            assertThat(body(project, kind.code() + ".jsonl")).as(kind.code()).isEmpty();
            assertThat(body(project, kind.code() + ".csv").lines()).as(kind.code()).hasSize(1);
            assertThat(parquet(Files.write(folder.resolve(kind.code()),
                    get(project, kind.code() + ".parquet").asByteArray()))).as(kind.code()).isEmpty();
        }
        as(lead).get(path(project, "preference.xlsx")).then().statusCode(404)
                .body("type", equalTo("urn:ratchet:problem:unknown-export"), "detail", containsString("parquet"));
        as(lead).get(path(project, "preference.jsonl?tie=both")).then().statusCode(422)
                .body("detail", containsString("ties"));
        as(lead).get(path(project, "preference.jsonl?ties=maybe")).then().statusCode(422)
                .body("detail", containsString("[drop, both]"));
        as(lead).get(path(project, "sft.jsonl?ties=both")).then().statusCode(422);
        as(lead).get(path(project, "preference.jsonl?split=test")).then().statusCode(422);
        as(lead).get(path(project, "preference.jsonl?snapshot=x")).then().statusCode(422);
        as(lead).get("/api/projects/nowhere/exports/preference.jsonl").then().statusCode(404);
        String reviewer = account(Role.REVIEWER, "r-" + UUID.randomUUID());
        as(reviewer).get(path(project, "preference.jsonl")).then().statusCode(403);
        given().get(path(project, "preference.jsonl")).then().statusCode(401);
    }

    /** Two reviewers rate one task each line says; below 0 the second response is better. */
    private List<Said> rate(Project project, List<List<Integer>> strengths) {
        return rate(project, strengths, fixture.reviewer());
    }

    private List<Said> rate(Project project, List<List<Integer>> strengths, Account second) {
        List<Long> responses = tasks(project, strengths.size(), 2);
        Map<Long, List<String>> ratings = new HashMap<>();
        List<Said> said = new ArrayList<>();
        Account first = fixture.reviewer();
        for (int place = 0; place < 2; place++) {
            Account reviewer = place == 0 ? first : second;
            for (int i = 0; i < strengths.size(); i++) {
                LeasedTask lease = desk.lease(reviewer, project).orElseThrow();
                int at = responses.indexOf(Math.min(shown(lease).get(0), shown(lease).get(1))) / 2;
                Integer strength = strengths.get(at).get(place);
                // Below 0 the one shown first is better.
                int sign = shown(lease).get(0).equals(responses.get(2 * at)) ? -1 : 1;
                Rated rated = desk.submit(reviewer, submission(lease, UUID.randomUUID(),
                        strength == null ? tie() : preference(sign * strength)));
                ratings.computeIfAbsent((long) at, task -> new ArrayList<>()).add(rated.ratingId().toString());
            }
        }
        for (int i = 0; i < strengths.size(); i++) {
            long prompt = fixture.count("response r join prompt p on p.id = r.prompt_id and r.id = ?1"
                    + " join generate_series(1, p.id) on true", responses.get(2 * i));
            said.add(new Said(prompt, responses.get(2 * i), responses.get(2 * i + 1), ratings.get((long) i).get(0),
                    ratings.get((long) i).get(1)));
        }
        awaitDelivered(project, 2L * strengths.size());
        return said;
    }

    /** Gives the responses, task by task. */
    private List<Long> tasks(Project project, int count, int each) {
        ModelVersion version = fixture.version(project);
        List<Long> all = new ArrayList<>();
        List<NewTask> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long prompt = prompts.add(project, List.of(new NewPrompt(
                    List.of(Message.user("Where is order " + UUID.randomUUID() + "?")), null))).ids().get(0);
            List<Long> responses = new ArrayList<>();
            for (int place = 0; place < each; place++) {
                responses.add(fixture.response(prompt, version,
                        place == 0 ? "=On its way." : place == 1 ? "No idea." : "Answer number " + place));
            }
            wanted.add(new NewTask(prompt, responses, project.overlap, 0));
            all.addAll(responses);
        }
        tasks.create(project, wanted);
        return all;
    }

    private void awaitDelivered(Project project, long ratings) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                fixture.count("delivered_rating where project_id = ?1", project.id)).isEqualTo(ratings));
    }

    private void awaitRevision(Project project, int revision) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(fixture.count(
                "delivered_rating where project_id = ?1 and revision = ?2", project.id, revision)).isEqualTo(1));
    }

    private static List<Group> parquet(Path file) throws IOException {
        List<Group> groups = new ArrayList<>();
        try (ParquetReader<Group> reader = new ParquetReader.Builder<Group>(
                new LocalInputFile(file), new PlainParquetConfiguration()) {
            @Override
            protected ReadSupport<Group> getReadSupport() {
                return new GroupReadSupport();
            }
        }.build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static List<Integer> perPrompt(List<JsonNode> rows, List<Said> said) {
        return said.stream().map(one -> (int) rows.stream()
                .filter(row -> row.path("prompt_id").asLong() == one.prompt()).count()).toList();
    }

    private static JsonNode rowOf(List<JsonNode> rows, Said said) {
        return rows.stream().filter(row -> row.path("prompt_id").asLong() == said.prompt()).findFirst().orElseThrow();
    }

    private List<JsonNode> rows(Project project, String file) throws IOException {
        return lines(body(project, file));
    }

    private static List<JsonNode> lines(String text) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private static List<String> names(JsonNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String withoutTime(String card) {
        return card.replaceAll("written [0-9TZ:-]+", "written");
    }

    private String body(Project project, String file) {
        return new String(get(project, file).asByteArray(), StandardCharsets.UTF_8);
    }

    private Response get(Project project, String file) {
        return as(lead).get(path(project, file)).then().statusCode(200).extract().response();
    }

    private static String path(Project project, String file) {
        return "/api/projects/" + project.slug + "/exports/" + file;
    }

    private io.restassured.specification.RequestSpecification as(String login) {
        if (login.equals(lead) && Account.findByLogin(lead).isEmpty()) {
            account(Role.LEAD, lead);
        }
        return given().auth().preemptive().basic(login, PASSWORD);
    }

    private String account(String role, String login) {
        accounts.create(new NewAccount(login, "Lena", PASSWORD, role));
        return login;
    }
}
