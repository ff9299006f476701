package dev.ratchet.feedback;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Where records go that can never be handled: as they came, with the reason and the place in added headers. */
@ApplicationScoped
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int ACKNOWLEDGEMENT_SECONDS = 30;

    private final KafkaClients kafka;
    private final Clock clock;
    private Producer<byte[], byte[]> producer;

    DeadLetters(KafkaClients kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /** A record and why it cannot be handled. */
    record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {}

    /** Sends the letters and returns when the broker has them all. */
    void send(String topic, List<DeadLetter> letters)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (letters.isEmpty()) {
            return;
        }
        if (producer == null) {
            producer = kafka.producer();
        }
        List<Future<?>> sent = new ArrayList<>();
        for (DeadLetter letter : letters) {
            LOG.warnf("A record of %s, partition %d, offset %d, goes to %s: %s", letter.record().topic(),
                    letter.record().partition(), letter.record().offset(), topic, letter.reason());
            sent.add(producer.send(record(topic, letter)));
        }
        for (Future<?> future : sent) {
            future.get(ACKNOWLEDGEMENT_SECONDS, TimeUnit.SECONDS);
        }
    }

    void close() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(5));
            producer = null;
        }
    }

    private ProducerRecord<byte[], byte[]> record(String topic, DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> original = letter.record();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, original.key(), original.value(), original.headers());
        put(record, "ratchet-dead-reason", letter.reason());
        put(record, "ratchet-dead-topic", original.topic());
        put(record, "ratchet-dead-partition", Integer.toString(original.partition()));
        put(record, "ratchet-dead-offset", Long.toString(original.offset()));
        put(record, "ratchet-dead-time", clock.instant().toString());
        return record;
    }

    private static void put(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
