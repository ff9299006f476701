package dev.ratchet.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ratchet.app.PageFixture;
import dev.ratchet.dataset.Snapshot;
import dev.ratchet.dataset.SnapshotFile;
import dev.ratchet.dataset.SnapshotPair;
import dev.ratchet.dataset.Snapshots;
import dev.ratchet.intake.format.Limits;
import dev.ratchet.intake.format.Reading;
import dev.ratchet.lm.Message;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.NewPrompt;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompts;
import dev.ratchet.project.Split;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import dev.ratchet.task.RatingFixture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files come in by the programs' interface: preview, mapping, import, report; each row once, whatever happens. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class ImportApiTest {
    @Inject
    PageFixture fixture;

    @Inject
    RatingFixture rows;

    @Inject
    ImportBatch batch;

    @Inject
    Imports imports;

    @Inject
    DataFolder data;

    @Inject
    Snapshots snapshots;

    @Inject
    Prompts prompts;

    private Account lead;
    private Project project;
    private String address;

    @BeforeEach
    void makeAProject() {
        lead = fixture.account("Lena Lead", Role.LEAD);
        project = fixture.project("Imports");
        address = "/api/projects/" + project.slug + "/imports";
    }

    @Test
    void pairsComeInOnceAndSnapshotsTakeThem() throws IOException {
        String file = preferences(30) + "broken\n" + preferences(3);
        long id = upload("pairs.jsonl", file);
        ready(id);
        as(lead).get(address + "/" + id + "/preview").then().statusCode(200).body("rows", equalTo(34),
                "rejected", equalTo(1), "pairs", equalTo(33), "refused[0].line", equalTo(31), "samples", hasSize(20),
                "repeated", equalTo(3), "columns.name", hasItem("chosen"));
        start(id).then().statusCode(200);
        done(id).then().body("rows", equalTo(34), "prompts", equalTo(30), "responses", equalTo(60),
                "pairs", equalTo(30), "known", equalTo(6), "rejected", equalTo(1), "rowsPerSecond", notNullValue());
        assertThat(rows.count("pair where project_id = ?1 and source = 'import' and aggregation = 'as-given-v1'",
                project.id)).isEqualTo(30);
        assertThat(rows.count("pair p join prompt q on q.id = p.prompt_id where p.project_id = ?1"
                + " and p.split = q.split", project.id)).isEqualTo(30);
        long again = upload("again.jsonl", preferences(30));
        ready(again);
        start(again).then().statusCode(200);
        done(again).then().body("prompts", equalTo(0), "responses", equalTo(0), "pairs", equalTo(0),
                "known", equalTo(60));
        Snapshot snapshot = snapshots.create(project);
        List<SnapshotPair> frozen = SnapshotFile.read(snapshots.file(snapshot));
        assertThat(frozen).hasSize(30).allSatisfy(pair -> assertThat(pair.source()).isEqualTo("import"));
    }

    @Test
    void rejectedRowsAreReportedWithLineAndReasonAndCanBeLoaded() {
        long id = upload("p.jsonl", "{\"prompt\": \"Why?\"}\n=cmd\n{\"prompt\": \"\"}\n{\"other\": 1}\n");
        ready(id);
        start(id).then().statusCode(200);
        done(id).then().body("prompts", equalTo(1), "rejected", equalTo(3));
        Response first = as(lead).get(address + "/" + id + "/rejected?limit=2");
        first.then().body("items.line", equalTo(List.of(2, 3)), "items[1].reason", equalTo("'prompt' is empty"));
        as(lead).get(address + "/" + id + "/rejected?after=" + first.path("next")).then()
                .body("items.line", equalTo(List.of(4)), "items[0].row", equalTo("{\"other\": 1}"));
        String csv = as(lead).get(address + "/" + id + "/rejected.csv").then().statusCode(200)
                .header("Content-Disposition", containsString("attachment")).extract().asString();
        assertThat(csv.lines()).hasSize(4).element(1).asString().startsWith("2,2,").endsWith(",\"'=cmd\"");
        String lines = as(lead).get(address + "/" + id + "/rejected.jsonl").then().statusCode(200).extract().asString();
        assertThat(lines.lines()).hasSize(3).first().asString().contains("\"row\":\"=cmd\"");
    }

    @Test
    void columnsAreChosenAndTheFileIsLookedThroughAgain() {
        long id = upload("x.csv", "q,first,second\nWhy?,Because.,No.\nHow?,So.,Not so.\n");
        ready(id).then().body("mapping.format", equalTo("columns"), "mapping.columns.size()", equalTo(0));
        start(id).then().statusCode(422).body("type", containsString("mapping"));
        Map<String, Object> mapping = Map.of("container", "csv", "separator", ",", "format", "columns", "columns",
                Map.of("prompt", "q", "chosen", "first", "rejected", "second"));
        as(lead).contentType("application/json").body(mapping).put(address + "/" + id + "/mapping").then().statusCode(200);
        ready(id).then().body("mapping.columns.chosen", equalTo("first"));
        start(id).then().statusCode(200);
        done(id).then().body("pairs", equalTo(2));
    }

    @Test
    void aTornImportGoesOnWithoutDoublesAndWithoutGaps() throws IOException {
        ImportJob job = started("p.jsonl", preferences(50) + "broken\n" + preferences(60));
        List<Reading.Outcome> outcomes = outcomes(job);
        job.cursor = take(job, outcomes.subList(0, 20));
        // A crash within a batch: nothing of it is there.
        QuarkusTransaction.begin();
        take(job, outcomes.subList(20, 40));
        QuarkusTransaction.rollback();
        assertThat(rows.count("pair where project_id = ?1", project.id)).isEqualTo(20);
        // Somebody else goes on from there; who comes late is told so and changes nothing.
        ImportJob other = imports.get(project.id, job.id);
        assertThat(other.cursor).isEqualTo(20);
        take(other, outcomes.subList(20, 30));
        assertThat(catchThrowable(() -> take(job, outcomes.subList(20, 40))))
                .isInstanceOf(ImportBatch.Overtaken.class);
        abandon(job.id);
        done(job.id).then().body("rows", equalTo(111), "pairs", equalTo(60), "prompts", equalTo(60),
                "rejected", equalTo(1), "known", equalTo(100));
        assertThat(rows.count("response r join prompt p on p.id = r.prompt_id where p.project_id = ?1", project.id))
                .isEqualTo(120);
        assertThat(rows.count("import_rejection where import_id = ?1", job.id)).isEqualTo(1);
    }

    private static Throwable catchThrowable(Runnable act) {
        try {
            act.run();
            return null;
        } catch (RuntimeException thrown) {
            return thrown;
        }
    }

    @Test
    void aFileComesInPartsAndGoesOnAfterABreak() {
        byte[] file = preferences(4).getBytes(StandardCharsets.UTF_8);
        Response begun = as(lead).contentType("application/octet-stream").body(part(file, 0, 10))
                .post(address + "?name=p.jsonl&size=" + file.length);
        begun.then().statusCode(201).body("status", equalTo("receiving"), "received", equalTo(10));
        String own = address + "/" + begun.path("id");
        patch(own, 20, part(file, 20, 30)).then().statusCode(409).body("detail", containsString("10 of " + file.length));
        as(lead).contentType("application/octet-stream").body(part(file, 10, 20)).patch(own).then().statusCode(400);
        start(((Number) begun.path("id")).longValue()).then().statusCode(409);
        as(lead).get(own + "/preview").then().statusCode(409);
        patch(own, 10, new byte[file.length]).then().statusCode(422);
        patch(own, 10, part(file, 10, file.length)).then().statusCode(200).body("received", equalTo(file.length));
        ready(((Number) begun.path("id")).longValue()).then().body("totalRows", equalTo(4));
        patch(own, file.length, new byte[1]).then().statusCode(409);
    }

    @Test
    void personalDataIsCountedAndReplacedWhenALeadSaysSo() {
        long id = upload("p.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"I am jo@example.org, +49 30"
                + " 1234567\"}, {\"role\": \"assistant\", \"content\": \"Hello jo@example.org\"}]}\n");
        ready(id);
        as(lead).get(address + "/" + id + "/preview").then().body("personal.email", equalTo(2),
                "personal.phone", equalTo(1), "personalRows", equalTo(1));
        as(lead).contentType("application/json").body(Map.of("container", "jsonl", "format", "openai-chat",
                "maskPersonalData", true)).put(address + "/" + id + "/mapping").then().statusCode(200);
        ready(id);
        as(lead).get(address + "/" + id + "/preview").then()
                .body("samples[0].prompt", equalTo("I am [email], [phone]"));
        start(id).then().statusCode(200);
        done(id).then().body("masked", equalTo(3), "documents", equalTo(1));
        assertThat(rows.count("demonstration where project_id = ?1 and text = 'Hello [email]' and prompt_id is not null",
                project.id)).isEqualTo(1);
        assertThat(rows.count("prompt where project_id = ?1 and messages::text like '%jo@%'", project.id)).isZero();
    }

    @Test
    void countsWhatIsNearlyThereAndWhatStandsOnTheOtherSide() {
        String known = "My parcel has not arrived although the tracking page says that it was delivered yesterday. What"
                + " can I do to get it? My order is number ";
        String eval = number(known, Split.EVAL);
        String train = number(known, Split.TRAIN);
        prompts.add(project, List.of(new NewPrompt(List.of(Message.user(eval)), null)));
        long id = upload("p.jsonl", "{\"prompt\": \"" + train + "\", \"split\": \"test\"}\n{\"prompt\": \"" + eval
                + "\"}\n{\"prompt\": \"Something else that nobody has asked before\"}\n");
        ready(id);
        as(lead).get(address + "/" + id + "/preview").then().body("nearInProject", equalTo(1), "repeated", equalTo(1),
                "nearInFile", equalTo(0), "otherSideThanFile", equalTo(1), "otherSideThanNear", equalTo(1));
    }

    @Test
    void answersBecomeTasksToRate() {
        long id = upload("p.jsonl", preferences(3));
        ready(id);
        as(lead).contentType("application/json").body(Map.of("container", "jsonl", "format", "trl-preference",
                "makeTasks", true, "overlap", 3)).put(address + "/" + id + "/mapping").then().statusCode(200);
        ready(id);
        start(id).then().statusCode(200);
        done(id).then().body("tasks", equalTo(3));
        assertThat(rows.count("task where project_id = ?1 and overlap = 3", project.id)).isEqualTo(3);
        as(fixture.account("Rita", Role.REVIEWER)).get("/api/projects/" + project.slug + "/queue/next").then()
                .statusCode(200).body("responses", hasSize(2));
    }

    @Test
    void anImportIsTakenBackButForWhatIsInUse() {
        long id = upload("p.jsonl", preferences(4) + "{\"prompt\": \"What else?\", \"chosen\": \"This.\","
                + " \"rejected\": \"That.\", \"tags\": \"de\"}\n");
        ready(id);
        as(lead).contentType("application/json").body(Map.of("container", "jsonl", "format", "trl-preference",
                "makeTasks", true, "overlap", 1)).put(address + "/" + id + "/mapping").then().statusCode(200);
        ready(id);
        undo(id).then().statusCode(409).body("detail", containsString("ready"));
        start(id).then().statusCode(200);
        done(id).then().body("tasks", equalTo(5));
        // The second import's prompt is the first one's; its answers are its own.
        long second = upload("q.jsonl", "{\"prompt\": \"What else?\", \"chosen\": \"These.\","
                + " \"rejected\": \"Those.\"}\n");
        ready(second);
        start(second).then().statusCode(200);
        done(second).then().body("prompts", equalTo(0), "responses", equalTo(2));
        // A reviewer without the tag is given one of the four other tasks.
        as(fixture.account("Rita", Role.REVIEWER)).get("/api/projects/" + project.slug + "/queue/next").then()
                .statusCode(200);
        as(fixture.account("Ria", Role.REVIEWER)).contentType("application/json").post(address + "/" + id + "/undo")
                .then().statusCode(403);
        undo(id).then().statusCode(200).body("status", equalTo("undoing"));
        reaches(id, "undone").then().body(
                "undone.removed.prompts", equalTo(3), "undone.kept.prompts", equalTo(2),
                "undone.removed.responses", equalTo(8), "undone.kept.responses", equalTo(2),
                "undone.removed.pairs", equalTo(5), "undone.kept.pairs", equalTo(0),
                "undone.removed.tasks", equalTo(4), "undone.kept.tasks", equalTo(1));
        assertThat(rows.count("pair where project_id = ?1", project.id)).isEqualTo(1);
        assertThat(rows.count("prompt where project_id = ?1", project.id)).isEqualTo(2);
        assertThat(rows.count("audit_event where project_id = ?1 and action = 'import-undone'", project.id)).isEqualTo(1);
        // The same file comes in again, but for what stayed.
        long again = upload("p.jsonl", preferences(4));
        ready(again);
        start(again).then().statusCode(200);
        done(again).then().body("prompts", equalTo(3), "responses", equalTo(6), "pairs", equalTo(4));
    }

    @Test
    void whatASnapshotHasStaysWhenItsImportIsTakenBack() {
        long id = upload("p.jsonl", preferences(3));
        ready(id);
        start(id).then().statusCode(200);
        done(id);
        snapshots.create(project);
        long later = upload("q.jsonl", "{\"prompt\": \"What else?\", \"chosen\": \"This.\", \"rejected\": \"That.\"}\n");
        ready(later);
        start(later).then().statusCode(200);
        done(later);
        undo(id).then().statusCode(200);
        reaches(id, "undone").then().body("undone.removed.pairs", equalTo(0), "undone.kept.pairs", equalTo(3),
                "undone.kept.responses", equalTo(6), "undone.kept.prompts", equalTo(3));
        undo(later).then().statusCode(200);
        reaches(later, "undone").then().body("undone.removed.pairs", equalTo(1), "undone.removed.prompts", equalTo(1),
                "undone.kept.prompts", equalTo(0));
    }

    /** What is not looked up for rows of imports is for others, and nothing that is referred to can be deleted. */
    @Test
    void rowsReferToRowsThatAreThere() {
        long id = upload("p.jsonl", preferences(1));
        ready(id);
        start(id).then().statusCode(200);
        done(id);
        long version = rows.version(project).id;
        assertThat(catchThrowable(() -> rows.run("insert into response (prompt_id, version_id, text, finish_reason,"
                + " sampling, created_at) values (-1, ?1, 'x', 'stop', '{}', now())", version))).isNotNull();
        assertThat(catchThrowable(() -> rows.run("insert into pair (project_id, prompt_id, source, split,"
                + " chosen_response_id, rejected_response_id, weight, margin, aggregation, updated_at)"
                + " select ?1, min(id), 'rating', 'train', -1, -2, 1, 0, 'x', now() from prompt where project_id = ?1",
                project.id))).isNotNull();
        assertThat(catchThrowable(() -> rows.run("delete from prompt where project_id = ?1", project.id))).isNotNull();
        assertThat(catchThrowable(() -> rows.run("delete from response where import_id = ?1", id))).isNotNull();
        assertThat(rows.count("response where import_id = ?1", id)).isEqualTo(2);
    }

    @Test
    void aColumnOfTagsRoutesTasksNowAndLater() {
        long id = upload("p.csv", "question,good,bad,lang\nWarum?,Darum.,Nein.,DE\nWhy?,Because.,No.,en; medicine\n");
        ready(id);
        as(lead).contentType("application/json").body(Map.of("container", "csv", "separator", ",", "format", "columns",
                "makeTasks", true, "overlap", 1, "columns", Map.of("prompt", "question", "chosen", "good", "rejected",
                        "bad", "tags", "lang"))).put(address + "/" + id + "/mapping").then().statusCode(200);
        ready(id);
        start(id).then().statusCode(200);
        done(id).then().body("tasks", equalTo(2));
        as(lead).get("/api/projects/" + project.slug + "/tasks/routing?tag=medicine").then().body("items", hasSize(1),
                "items[0].tags", equalTo(List.of("en", "medicine")));
        Account german = fixture.account("Gerda", Role.REVIEWER);
        rows.member(project, german, "de");
        as(german).get("/api/projects/" + project.slug + "/queue/next").then().statusCode(200)
                .body("prompt.content", hasItem("Warum?"));
        Account english = fixture.account("Ed", Role.REVIEWER);
        rows.member(project, english, "en");
        as(english).get("/api/projects/" + project.slug + "/queue/next").then().statusCode(204);
        // A task that is made of the prompt later needs its tags, too, unless it names its own.
        List<Long> ids = rows.ids("select r.id from response r join prompt p on p.id = r.prompt_id"
                + " where p.project_id = ?1 and 'medicine' = any(p.tags) order by r.id", project.id);
        long prompt = rows.ids("select id from prompt where project_id = ?1 and 'medicine' = any(tags)", project.id).get(0);
        rows.task(project, prompt, ids, List.of());
        rows.task(project, prompt, ids, List.of("fr"));
        assertThat(rows.count("task where project_id = ?1 and tags = '{en,medicine}'", project.id)).isEqualTo(2);
        assertThat(rows.count("task where project_id = ?1 and tags = '{fr}'", project.id)).isEqualTo(1);
    }

    @Test
    void demonstrationsAndDocumentsAreExported() {
        long id = upload("d.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"Where is it?\"},"
                + " {\"role\": \"assistant\", \"content\": \"In the shed.\"}]}\n");
        ready(id);
        start(id).then().statusCode(200);
        done(id).then().body("documents", equalTo(1));
        long manual = upload("manual.txt", "Turn the key.\n\nClose the lid.\n");
        ready(manual);
        start(manual).then().statusCode(200);
        done(manual).then().body("documents", equalTo(2));
        String exports = "/api/projects/" + project.slug + "/exports/";
        assertThat(as(lead).get(exports + "sft.jsonl").then().statusCode(200).extract().asString().lines())
                .singleElement().asString().contains("\"content\":\"In the shed.\"", "\"Where is it?\"",
                        "\"source\":\"demonstration\"", "\"aggregation\":\"as-given-v1\"");
        assertThat(as(lead).get(exports + "documents.jsonl").then().statusCode(200).extract().asString().lines())
                .hasSize(2).anyMatch(row -> row.contains("\"text\":\"Turn the key.\""));
        assertThat(as(lead).get(exports + "documents.csv").then().statusCode(200).extract().asString())
                .contains("Close the lid.");
        as(lead).get(exports + "documents.parquet").then().statusCode(200);
        as(lead).get(exports + "documents.md").then().statusCode(200).body(containsString("documents (text)"));
        // Nothing has learned from it yet, and then it can be taken back.
        undo(manual).then().statusCode(200);
        reaches(manual, "undone").then().body("undone.removed.documents", equalTo(2));
        assertThat(as(lead).get(exports + "documents.jsonl").then().extract().asString()).isEmpty();
    }

    @Test
    void documentsComeInOnceWithTheirSide() {
        long id = upload("manual.txt", "Turn the key.\n\nTurn the key.\n\nClose the lid.\n");
        ready(id);
        start(id).then().statusCode(200);
        done(id).then().body("documents", equalTo(2), "known", equalTo(1), "prompts", equalTo(0));
        assertThat(rows.count("demonstration where project_id = ?1 and prompt_id is null and split = ?2", project.id,
                Split.of("Turn the key.").name().toLowerCase())).isPositive();
    }

    @Test
    void refusesWhoMayNotAndWhatCannotBe() {
        byte[] file = preferences(1).getBytes(StandardCharsets.UTF_8);
        given().contentType("application/octet-stream").body(file).post(address + "?name=p.jsonl").then().statusCode(401);
        Account reviewer = fixture.account("Rita", Role.REVIEWER);
        as(reviewer).contentType("application/octet-stream").body(file).post(address + "?name=p.jsonl").then()
                .statusCode(403);
        as(reviewer).get(address).then().statusCode(403);
        as(lead).get(address + "/999999999").then().statusCode(404);
        as(lead).contentType("application/octet-stream").body(file).post("/api/projects/none/imports?name=p.jsonl")
                .then().statusCode(404);
        as(lead).contentType("application/octet-stream").body(file).post(address).then().statusCode(422);
        as(lead).contentType("application/octet-stream").body(new byte[0]).post(address + "?name=p.jsonl&size=0").then()
                .statusCode(422);
        as(lead).contentType("application/octet-stream").body(file).post(address + "?name=p.jsonl&size=99999999999999")
                .then().statusCode(413);
        long id = upload("p.jsonl", preferences(1));
        ready(id);
        as(lead).contentType("application/json").body(Map.of("container", "jsonl", "format", "none"))
                .put(address + "/" + id + "/mapping").then().statusCode(422).body("detail", containsString("helpsteer2"));
        as(lead).contentType("application/json").body(Map.of("container", "jsonl", "format", "columns"))
                .put(address + "/" + id + "/mapping").then().statusCode(422);
        String foreign = "/api/projects/" + fixture.project("Other").slug + "/imports/" + id;
        as(lead).get(foreign).then().statusCode(404);
        as(lead).contentType("application/json").post(foreign + "/start").then().statusCode(404);
        as(lead).delete(address + "/" + id).then().statusCode(200).body("status", equalTo("discarded"));
        start(id).then().statusCode(409);
        long useless = upload("p.jsonl", "nothing\nof\nuse\n");
        ready(useless);
        start(useless).then().statusCode(422);
    }

    @Test
    void importsTheHarmlessTestSet() throws IOException {
        Path shared = Stream.of("../shared", "shared").map(Path::of).filter(Files::isDirectory).findFirst().orElse(null);
        assumeTrue(shared != null, "The shared data are not beside this checkout");
        byte[] file = Files.readAllBytes(shared.resolve("data/hh-harmless-base-test.jsonl.gz"));
        long id = upload("hh-harmless-base-test.jsonl.gz", file);
        ready(id).then().body("mapping.format", equalTo("hh-rlhf"), "totalRows", equalTo(2312));
        start(id).then().statusCode(200);
        Response done = done(id);
        int rejected = done.path("rejected");
        assertThat(rejected).isLessThan(30);
        assertThat((int) done.path("pairs")).isBetween(2250, 2312 - rejected);
    }

    /** A text that ends in a number which puts it on a side. */
    private static String number(String text, Split side) {
        return IntStream.range(4000, 5000).mapToObj(number -> text + number).filter(each -> Split.of(each) == side)
                .findFirst().orElseThrow();
    }

    static String preferences(int count) {
        return IntStream.range(0, count).mapToObj(row -> "{\"prompt\": \"What is " + Integer.toString(row * 7919, 36)
                + " in words, said by a teacher of class " + row + "?\", \"chosen\": \"It is number " + row
                + ".\", \"rejected\": \"No idea about " + row + ".\"}\n").collect(Collectors.joining());
    }

    /** An import that has been started and that the clockwork leaves alone. */
    private ImportJob started(String name, String file) {
        long id = upload(name, file);
        ready(id);
        return QuarkusTransaction.requiringNew().call(() -> {
            ImportJob job = imports.start(imports.get(project.id, id));
            job.touchedAt = Instant.now().plus(Duration.ofHours(1));
            return job;
        });
    }

    private long take(ImportJob job, List<Reading.Outcome> some) {
        return batch.take(job, project, batch.prepare(job.mapping, some));
    }

    private void abandon(long id) {
        QuarkusTransaction.requiringNew().run(() -> ImportJob.update("touchedAt = null where id = ?1", id));
    }

    private List<Reading.Outcome> outcomes(ImportJob job) throws IOException {
        List<Reading.Outcome> outcomes = new ArrayList<>();
        try (Reading reading = Reading.open(data.imports().resolve(job.path), job.mapping, Limits.STANDARD, 0)) {
            for (Reading.Outcome next = reading.next(); next != null; next = reading.next()) {
                outcomes.add(next);
            }
        }
        return outcomes;
    }

    private static byte[] part(byte[] file, int from, int to) {
        return java.util.Arrays.copyOfRange(file, from, to);
    }

    private Response patch(String own, long offset, byte[] part) {
        return as(lead).contentType("application/octet-stream").header("Upload-Offset", offset).body(part).patch(own);
    }

    private long upload(String name, String content) {
        return upload(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private long upload(String name, byte[] content) {
        return ((Number) as(lead).contentType("application/octet-stream").body(content).post(address + "?name=" + name)
                .then().statusCode(201).extract().path("id")).longValue();
    }

    /** With a type: without one the test's client calls an empty body a form. */
    private Response start(long id) {
        return as(lead).contentType("application/json").post(address + "/" + id + "/start");
    }

    private Response undo(long id) {
        return as(lead).contentType("application/json").post(address + "/" + id + "/undo");
    }

    private Response ready(long id) {
        return reaches(id, "ready");
    }

    private Response done(long id) {
        return reaches(id, "done");
    }

    private Response reaches(long id, String status) {
        return await().atMost(Duration.ofSeconds(90)).until(() -> as(lead).get(address + "/" + id), found -> {
            assertThat(Objects.toString(found.path("error"))).isEqualTo("null");
            return status.equals(found.path("status"));
        });
    }

    private static RequestSpecification as(Account account) {
        return given().auth().preemptive().basic(account.login, PageFixture.PASSWORD);
    }
}
