package dev.ratchet.feedback;

import static dev.ratchet.task.RatingFixture.prefer;
import static dev.ratchet.task.RatingFixture.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.task.LeasedTask;
import dev.ratchet.task.Rated;
import dev.ratchet.task.RatingDesk;
import dev.ratchet.task.RatingFixture;
import dev.ratchet.task.Submission;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** Ratings on their way through a real broker: none is lost, none counts twice, and poison stops nothing. */
@QuarkusTest
class FeedbackStreamTest {
    @Inject
    RatingDesk desk;

    @Inject
    RatingFixture fixture;

    @Inject
    KafkaClients kafka;

    @Inject
    Outbox outbox;

    @Inject
    StubbornHandler stubborn;

    @Inject
    EntityManager entities;

    @Inject
    ObjectMapper json;

    @Test
    void aRatingTravelsAsACloudEventAndBecomesAPair() {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        Rated rated = desk.submit(reviewer, prefer(lease, 3));
        patiently().untilAsserted(() -> assertThat(fixture.count(
                "pair where task_id = ?1 and chosen_response_id = ?2 and rejected_response_id = ?3 and weight = 1",
                lease.taskId(), shown(lease).get(1), shown(lease).get(0))).isEqualTo(1));
        ConsumerRecord<byte[], byte[]> record =
                records(RatingEvent.TOPIC, value -> value.contains(rated.ratingId().toString())).get(0);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(Long.toString(lease.taskId()));
        assertThat(headers(record))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "urn:ratchet:feedback")
                .containsEntry("ce_type", "dev.ratchet.feedback.rating.v2")
                .containsEntry("ce_subject", Long.toString(lease.taskId()))
                .containsEntry("content-type", "application/json")
                .hasEntrySatisfying("ce_id", id -> assertThat(UUID.fromString(id)).isNotNull())
                .hasEntrySatisfying("ce_time", time -> assertThat(Instant.parse(time)).isBeforeOrEqualTo(Instant.now()));
        patiently().untilAsserted(() -> assertThat(fixture.count(
                "outbox where payload like ?1 and published_at is not null", "%" + rated.ratingId() + "%")).isEqualTo(1));
    }

    @Test
    void undoTakesThePairAway() {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        desk.submit(reviewer, prefer(lease, 1));
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
        desk.undo(reviewer, project);
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isZero());
    }

    @Test
    void aCrashBetweenSendingAndMarkingOnlyRepeats() {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        Rated rated = desk.submit(reviewer, prefer(lease, 1));
        String rating = "%" + rated.ratingId() + "%";
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
        QuarkusTransaction.requiringNew().run(() -> entities
                .createNativeQuery("update outbox set published_at = null where payload like :rating")
                .setParameter("rating", rating).executeUpdate());
        patiently().untilAsserted(() -> assertThat(
                        records(RatingEvent.TOPIC, value -> value.contains(rated.ratingId().toString())))
                .hasSizeGreaterThanOrEqualTo(2));
        drained(project);
        assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1);
        assertThat(fixture.count("inbox i join outbox o on o.event_id = i.event_id where o.payload like ?1", rating))
                .isEqualTo(1);
    }

    @Test
    void recordsThatCanNeverBeHandledGoToTheDeadLettersWithTheirReason() throws Exception {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        String mark = UUID.randomUUID().toString();
        RatingEvent good = new RatingEvent(UUID.randomUUID(), 1, project.id, lease.taskId(), UUID.randomUUID(),
                false, List.of(compared(lease, 2)), 1, Instant.now());
        String body = json.writeValueAsString(good);
        Map<String, String> poison = new HashMap<>();
        poison.put("not JSON", "{" + mark);
        poison.put("not a rating event", "[\"" + mark + "\"]");
        poison.put("ratingId is missing", "{\"note\":\"" + mark + "\",\"revision\":1,\"projectId\":1,\"taskId\":"
                + lease.taskId() + ",\"withdrawn\":false,\"instructionsVersion\":1}");
        poison.put("revision", noted(body.replace("\"revision\":1", "\"revision\":\"1\""), mark));
        poison.put("strength", noted(body.replace("\"strength\":2", "\"strength\":9"), mark));
        poison.put("withdrawn rating", noted(body.replace("\"withdrawn\":false", "\"withdrawn\":true"), mark));
        poison.put("comparisons is missing", noted(body.replace("\"comparisons\"", "\"others\""), mark));
        poison.put("is not one of project", noted(body.replace("\"projectId\":" + project.id, "\"projectId\":999999999"), mark));
        poison.put("are not those of task", noted(body.replace(
                "\"secondResponseId\":" + Collections.max(shown(lease)), "\"secondResponseId\":999999999"), mark));
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            for (String value : poison.values()) {
                producer.send(record(lease.taskId(), value, UUID.randomUUID()));
            }
            ProducerRecord<byte[], byte[]> headless = new ProducerRecord<>(RatingEvent.TOPIC,
                    Long.toString(lease.taskId()).getBytes(StandardCharsets.UTF_8),
                    noted(body, mark).getBytes(StandardCharsets.UTF_8));
            producer.send(headless);
            producer.send(record(lease.taskId() + 1, noted(body, mark), UUID.randomUUID()));
            producer.send(new ProducerRecord<>(RatingEvent.TOPIC, null, null)).get(10, TimeUnit.SECONDS);
            producer.send(record(lease.taskId(), body, UUID.randomUUID())).get(10, TimeUnit.SECONDS);
        }
        poison.put("ce_specversion is missing", noted(body, mark));
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
        assertThat(fixture.count("delivered_rating where task_id = ?1", lease.taskId())).isEqualTo(1);
        List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();
        patiently().untilAsserted(() -> {
            dead.clear();
            dead.addAll(records(RatingConsumer.DEAD_LETTERS, value -> value.contains(mark)));
            assertThat(dead).hasSize(poison.size() + 1);
        });
        poison.forEach((reason, value) -> assertThat(dead).as(reason).anySatisfy(letter -> {
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(value);
            assertThat(headers(letter).get("ratchet-dead-reason")).contains(reason);
            assertThat(headers(letter)).containsEntry("ratchet-dead-topic", RatingEvent.TOPIC)
                    .containsKeys("ratchet-dead-partition", "ratchet-dead-offset", "ratchet-dead-time");
        }));
        assertThat(dead).filteredOn(letter -> headers(letter).containsKey("ce_id")).hasSize(poison.size())
                .anySatisfy(letter -> assertThat(headers(letter).get("ratchet-dead-reason")).contains("key must be"));
    }

    @Test
    void aBadRecordThatIsTooLargeForALetterDoesNotHoldUpThoseBehindIt() throws Exception {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        RatingEvent good = new RatingEvent(UUID.randomUUID(), 1, project.id, lease.taskId(), UUID.randomUUID(),
                false, List.of(compared(lease, 2)), 1, Instant.now());
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            // Just below what a producer sends; with the reason it is above.
            producer.send(record(lease.taskId(), "{" + "x".repeat(1_047_900), UUID.randomUUID())).get(10, TimeUnit.SECONDS);
            producer.send(record(lease.taskId(), json.writeValueAsString(good), UUID.randomUUID())).get(10, TimeUnit.SECONDS);
        }
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
    }

    @Test
    void aRatingIsTriedAgainUntilTheDatabaseIsBack() {
        Project project = fixture.project(1);
        LeasedTask lease = leaseIn(project);
        Submission submission = prefer(lease, 1);
        int before = stubborn.failures.get();
        stubborn.refused.add(submission.ratingId());
        desk.submit(reviewer, submission);
        patiently().untilAsserted(() -> assertThat(stubborn.failures.get()).isGreaterThanOrEqualTo(before + 3));
        assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isZero();
        assertThat(fixture.count("delivered_rating where task_id = ?1", lease.taskId())).isZero();
        stubborn.refused.clear();
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
        assertThat(records(RatingConsumer.DEAD_LETTERS, value -> value.contains(submission.ratingId().toString())))
                .isEmpty();
    }

    @Test
    void eventsOfAKeyKeepTheirOrder() {
        String topic = "test.order." + UUID.randomUUID();
        int events = 5_000;
        int keys = 7;
        QuarkusTransaction.requiringNew().run(() -> outbox.append(topic, "first", "test", Map.of("number", -1)));
        patiently().until(() -> fixture.count("outbox where topic = ?1 and published_at is null", topic) == 0);
        QuarkusTransaction.requiringNew().timeout(120).run(() -> {
            for (int i = 0; i < events; i++) {
                outbox.append(topic, "key-" + i % keys, "test", Map.of("number", i));
            }
        });
        await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(60)).until(() ->
                fixture.count("outbox where topic = ?1 and published_at is null", topic) == 0);
        List<ConsumerRecord<byte[], byte[]>> sent = records(topic, value -> true);
        assertThat(sent).hasSize(events + 1);
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : sent) {
            int number = Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8).replaceAll("[^-0-9]", ""));
            Integer previous = last.put(new String(record.key(), StandardCharsets.UTF_8), number);
            assertThat(number).isGreaterThan(previous == null ? -2 : previous);
        }
    }

    private Account reviewer;

    private LeasedTask leaseIn(Project project) {
        fixture.tasks(project, 1);
        reviewer = fixture.reviewer();
        return desk.lease(reviewer, project).orElseThrow();
    }

    /** Waits until a rating made after everything else has come through. */
    private void drained(Project project) {
        LeasedTask lease = leaseIn(project);
        desk.submit(reviewer, prefer(lease, 1));
        patiently().untilAsserted(() -> assertThat(fixture.count("pair where task_id = ?1", lease.taskId())).isEqualTo(1));
        patiently().untilAsserted(() -> assertThat(
                fixture.count("outbox where published_at is null and topic = ?1", RatingEvent.TOPIC)).isZero());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static String noted(String body, String mark) {
        return body.substring(0, body.length() - 1) + ",\"note\":\"" + mark + "\"}";
    }

    private static ProducerRecord<byte[], byte[]> record(long key, String value, UUID id) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(RatingEvent.TOPIC,
                Long.toString(key).getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
        new CloudEventHeaders(id, "urn:test", RatingEvent.TYPE, Instant.now(), Long.toString(key))
                .writeTo(record.headers());
        return record;
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /** All records of a topic so far whose value fits, in the order of each partition. */
    private List<ConsumerRecord<byte[], byte[]>> records(String topic, Predicate<String> fits) {
        try (Consumer<byte[], byte[]> consumer = kafka.consumer("test-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.value() != null && fits.test(new String(record.value(), StandardCharsets.UTF_8))) {
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }

    private static RatingEvent.Compared compared(LeasedTask lease, int strength) {
        return new RatingEvent.Compared(
                Collections.min(shown(lease)), Collections.max(shown(lease)), strength, false);
    }
}
