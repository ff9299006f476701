package dev.ratchet.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/**
 * Where events wait for Kafka: stored in the transaction of what they tell, so that neither exists without the other.
 */
@ApplicationScoped
public class Outbox {
    /** Brokers refuse records above 1 MiB by default; an event that can never be sent would block its key for ever. */
    static final int MAX_PAYLOAD_BYTES = 900_000;

    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;
    private final Event<OutboxFilled> filled;

    Outbox(Sql sql, ObjectMapper json, Clock clock, Event<OutboxFilled> filled) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
        this.filled = filled;
    }

    /**
     * Stores an event in the caller's transaction. Events of one key are relayed in the order of this call, provided
     * that the caller holds a lock that orders its transactions for the key (ratings hold their task's row).
     *
     * @param topic Kafka topic
     * @param key record key, and the event's subject
     * @param type CloudEvents type
     * @param payload what is written as JSON
     * @return the event's id
     * @throws IllegalArgumentException if the payload is no JSON or larger than a broker takes
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID append(String topic, String key, String type, Object payload) {
        UUID id = UUID.randomUUID();
        sql.of("insert into outbox (event_id, topic, record_key, type, payload, created_at)"
                        + " values (:id, :topic, :key, :type, :payload, :now)")
                .set("id", id)
                .set("topic", topic)
                .set("key", key)
                .set("type", type)
                .set("payload", write(payload))
                .set("now", clock.instant())
                .update();
        filled.fire(new OutboxFilled());
        return id;
    }

    private String write(Object payload) {
        try {
            String text = json.writeValueAsString(payload);
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD_BYTES) {
                throw new IllegalArgumentException("An event may have " + MAX_PAYLOAD_BYTES + " bytes at most");
            }
            return text;
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("The event cannot be written as JSON", failure);
        }
    }
}
