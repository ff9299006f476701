package dev.ratchet.feedback;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Sends the outbox to Kafka in its order, and marks an event as published only when the broker has it. A crash between
 * the two sends it again: consumers know events by their ids. One node relays at a time, or keys would lose their
 * order.
 */
@ApplicationScoped
class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

    /** Names the advisory lock that the relaying node holds: any number that nothing else in this database uses. */
    private static final long LOCK = 7_214_401_000L;
    private static final int TRANSACTION_SECONDS = 60;
    private static final int ACKNOWLEDGEMENT_SECONDS = 30;

    private static final String WAITING = "select id, event_id, topic, record_key, type, payload, created_at"
            + " from outbox where published_at is null order by id limit ?";
    private static final String PUBLISHED = "update outbox set published_at = ? where id = any(?)";

    private final DataSource database;
    private final KafkaClients kafka;
    private final FeedbackConfig config;
    private final Clock clock;
    private final Set<String> topics = new HashSet<>();
    private Producer<byte[], byte[]> producer;

    OutboxRelay(DataSource database, KafkaClients kafka, FeedbackConfig config, Clock clock) {
        this.database = database;
        this.kafka = kafka;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Relays one batch.
     *
     * @return whether more may wait
     * @throws IllegalStateException if an event could not be sent; it and the later ones of its key are sent again
     */
    boolean relay() throws Exception {
        if (producer == null) {
            producer = kafka.producer();
        }
        Outcome outcome = QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(this::relayBatch);
        if (outcome.failure() != null) {
            throw new IllegalStateException("An event could not be sent to Kafka: " + outcome.failure().getMessage(),
                    outcome.failure());
        }
        return outcome.found() == config.batch();
    }

    void close() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(5));
            producer = null;
        }
    }

    private Outcome relayBatch() throws Exception {
        try (Connection connection = database.getConnection()) {
            if (!lock(connection)) {
                return new Outcome(0, null);
            }
            List<Waiting> events = waiting(connection);
            if (events.isEmpty()) {
                return new Outcome(0, null);
            }
            dispenseWithFlush(connection);
            ensureTopics(events);
            List<CompletableFuture<Void>> sent = events.stream().map(this::send).toList();
            List<Long> published = new ArrayList<>();
            Set<String> broken = new HashSet<>();
            Throwable failure = null;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ACKNOWLEDGEMENT_SECONDS);
            for (int i = 0; i < events.size(); i++) {
                String key = events.get(i).topic() + '\n' + events.get(i).key();
                Throwable problem = await(sent.get(i), deadline);
                if (problem != null) {
                    failure = problem;
                    broken.add(key);
                } else if (!broken.contains(key)) {
                    published.add(events.get(i).id());
                }
            }
            mark(connection, published);
            LOG.debugf("Relayed %d of %d events", published.size(), events.size());
            return new Outcome(events.size(), failure);
        }
    }

    private void ensureTopics(List<Waiting> events) throws Exception {
        List<String> unknown = events.stream().map(Waiting::topic).distinct().filter(topic -> !topics.contains(topic))
                .toList();
        if (!unknown.isEmpty()) {
            kafka.ensureTopics(unknown);
            topics.addAll(unknown);
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet result = lock.executeQuery()) {
                result.next();
                return result.getBoolean(1);
            }
        }
    }

    /** What this transaction marks may be lost in a crash: the events are sent again then, and known by their ids. */
    private static void dispenseWithFlush(Connection connection) throws SQLException {
        try (Statement setting = connection.createStatement()) {
            setting.execute("set local synchronous_commit = off");
        }
    }

    private List<Waiting> waiting(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WAITING)) {
            select.setInt(1, config.batch());
            List<Waiting> events = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(new Waiting(rows.getLong(1), rows.getObject(2, UUID.class), rows.getString(3),
                            rows.getString(4), rows.getString(5), rows.getString(6),
                            rows.getTimestamp(7).toInstant()));
                }
            }
            return events;
        }
    }

    private CompletableFuture<Void> send(Waiting event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(event.topic(),
                event.key().getBytes(StandardCharsets.UTF_8), event.payload().getBytes(StandardCharsets.UTF_8));
        new CloudEventHeaders(event.eventId(), CloudEventHeaders.SOURCE, event.type(), event.createdAt(), event.key())
                .writeTo(record.headers());
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException failure) {
            acknowledged.completeExceptionally(failure);
        }
        return acknowledged;
    }

    /** What went wrong; null if the broker has the event. */
    private static Throwable await(CompletableFuture<Void> acknowledged, long deadline) throws InterruptedException {
        try {
            acknowledged.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException failure) {
            return failure.getCause();
        } catch (TimeoutException late) {
            return late;
        }
    }

    private void mark(Connection connection, List<Long> published) throws SQLException {
        if (published.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(PUBLISHED)) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setArray(2, connection.createArrayOf("bigint", published.toArray()));
            update.executeUpdate();
        }
    }

    /** An event that waits for Kafka. */
    private record Waiting(
            long id, UUID eventId, String topic, String key, String type, String payload, Instant createdAt) {}

    /** How many events a batch had, and the last failure, if any. */
    private record Outcome(int found, Throwable failure) {}
}
