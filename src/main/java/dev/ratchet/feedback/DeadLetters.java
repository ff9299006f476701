package dev.ratchet.feedback;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** Where records go that can never be handled: as they came, with the reason and the place in added headers. */
@ApplicationScoped
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int ACKNOWLEDGEMENT_SECONDS = 30;
    private static final int LONGEST_REASON = 500;

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
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (DeadLetter letter : letters) {
            LOG.warnf("A record of %s, partition %d, offset %d, goes to %s: %s", letter.record().topic(),
                    letter.record().partition(), letter.record().offset(), topic, cut(letter.reason()));
            sent.add(producer.send(record(topic, letter)));
        }
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get(ACKNOWLEDGEMENT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof RecordTooLargeException)) {
                    throw failure;
                }
                // With its reason the record is larger than a record may be; it must not hold up those behind it.
                producer.send(withoutContent(topic, letters.get(i))).get(ACKNOWLEDGEMENT_SECONDS, TimeUnit.SECONDS);
            }
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
        describe(record, letter);
        return record;
    }

    /**
     * Says where the record stands, how large it is and what its digest is; the topic that it came from still has it.
     */
    private ProducerRecord<byte[], byte[]> withoutContent(String topic, DeadLetter letter) {
        byte[] value = letter.record().value();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, (byte[]) null, (byte[]) null);
        describe(record, letter);
        put(record, "ratchet-dead-bytes", Integer.toString(value == null ? 0 : value.length));
        put(record, "ratchet-dead-sha256", value == null ? "" : sha256(value));
        return record;
    }

    private void describe(ProducerRecord<byte[], byte[]> record, DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> original = letter.record();
        put(record, "ratchet-dead-reason", cut(letter.reason()));
        put(record, "ratchet-dead-topic", original.topic());
        put(record, "ratchet-dead-partition", Integer.toString(original.partition()));
        put(record, "ratchet-dead-offset", Long.toString(original.offset()));
        put(record, "ratchet-dead-time", clock.instant().toString());
    }

    /** A reason quotes what came, and what came may be of any size. */
    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have", e);
        }
    }

    private static void put(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
