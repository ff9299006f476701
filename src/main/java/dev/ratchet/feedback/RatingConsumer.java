package dev.ratchet.feedback;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;

/**
 * Takes ratings from Kafka: the inbox and what the handlers make of them commit together, the offset after. A record
 * that can never be handled goes to the dead letters; whatever else fails is tried again from the same place.
 */
@ApplicationScoped
class RatingConsumer {
    static final String DEAD_LETTERS = RatingEvent.TOPIC + ".dead";

    private static final Logger LOG = Logger.getLogger(RatingConsumer.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final int TRANSACTION_SECONDS = 60;

    private final KafkaClients kafka;
    private final FeedbackConfig config;
    private final RatingEventReader reader;
    private final Inbox inbox;
    private final DeadLetters deadLetters;
    private final List<RatingHandler> handlers;
    private Consumer<byte[], byte[]> consumer;

    RatingConsumer(KafkaClients kafka, FeedbackConfig config, RatingEventReader reader, Inbox inbox,
            DeadLetters deadLetters, @All List<RatingHandler> handlers) {
        this.kafka = kafka;
        this.config = config;
        this.reader = reader;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.handlers = handlers;
    }

    /** Waits shortly for records and handles those that came; true, for the waiting is done here. */
    boolean poll() throws Exception {
        if (consumer == null) {
            kafka.ensureTopics(List.of(RatingEvent.TOPIC, DEAD_LETTERS));
            consumer = kafka.consumer(config.group());
            consumer.subscribe(List.of(RatingEvent.TOPIC));
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return true;
        }
        try {
            handle(records);
        } catch (Exception failure) {
            rewind(records);
            throw failure;
        }
        commit(records);
        return true;
    }

    void close() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
        deadLetters.close();
    }

    private void handle(ConsumerRecords<byte[], byte[]> records) throws Exception {
        Map<ConsumerRecord<byte[], byte[]>, RatingEventReader.Received> received = new LinkedHashMap<>();
        List<DeadLetters.DeadLetter> dead = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                received.put(record, reader.read(record));
            } catch (RejectedEvent rejected) {
                dead.add(new DeadLetters.DeadLetter(record, rejected.getMessage()));
            }
        }
        try {
            store(received);
        } catch (RuntimeException failure) {
            if (reasonToReject(failure) == null) {
                throw failure;
            }
            // One record spoils the batch: find it.
            for (var entry : received.entrySet()) {
                try {
                    store(Map.of(entry.getKey(), entry.getValue()));
                } catch (RuntimeException single) {
                    String reason = reasonToReject(single);
                    if (reason == null) {
                        throw single;
                    }
                    dead.add(new DeadLetters.DeadLetter(entry.getKey(), reason));
                }
            }
        }
        deadLetters.send(DEAD_LETTERS, dead);
    }

    private void store(Map<ConsumerRecord<byte[], byte[]>, RatingEventReader.Received> received) {
        if (received.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(() -> {
            Set<Integer> partitions = new TreeSet<>();
            received.keySet().forEach(record -> partitions.add(record.partition()));
            inbox.lock(partitions);
            Map<Inbox.EventKey, RatingEvent> events = new LinkedHashMap<>();
            received.values().forEach(one -> events.putIfAbsent(
                    new Inbox.EventKey(one.headers().source(), one.headers().id()), one.event()));
            Set<Inbox.EventKey> fresh = inbox.receive(List.copyOf(events.keySet()));
            events.keySet().retainAll(fresh);
            if (!events.isEmpty()) {
                List<RatingEvent> list = List.copyOf(events.values());
                handlers.forEach(handler -> handler.handle(list));
            }
            return null;
        });
    }

    /** Why the record itself is at fault; null if it may do better another time. */
    private static String reasonToReject(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedEvent) {
                return cause.getMessage();
            }
            // Class 22: the data cannot be stored; 23: it breaks a constraint. Anything else is the database's trouble.
            if (cause instanceof SQLException sql && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"))) {
                return "the database refuses it: " + sql.getMessage();
            }
        }
        return null;
    }

    /** Goes back to the first of the records, so that the next poll gives them again. */
    private void rewind(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            try {
                consumer.seek(partition, records.records(partition).get(0).offset());
            } catch (IllegalStateException notOurs) {
                LOG.debugf("Partition %s has gone to another consumer, which gets its records again", partition);
            }
        }
    }

    private void commit(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> list = records.records(partition);
            offsets.put(partition, new OffsetAndMetadata(list.get(list.size() - 1).offset() + 1));
        }
        try {
            consumer.commitSync(offsets);
        } catch (CommitFailedException | RebalanceInProgressException handedOver) {
            LOG.debugf("Offsets were not committed, the inbox knows the events: %s", handedOver.getMessage());
        }
    }
}
