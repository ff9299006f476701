package dev.ratchet.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads rating events from Kafka records, and believes nothing that it has not checked. */
@ApplicationScoped
class RatingEventReader {
    private static final int MAX_STRENGTH = 3;

    private final ObjectReader json;

    RatingEventReader() {
        // Its own mapper: what the stream takes must not follow the HTTP interface's habits.
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A newer writer may say more.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        json = mapper.readerFor(RatingEvent.class);
    }

    /** @throws RejectedEvent if the record is not a rating event; says why */
    Received read(ConsumerRecord<byte[], byte[]> record) {
        CloudEventHeaders headers = CloudEventHeaders.read(record.headers());
        if (!headers.type().equals(RatingEvent.TYPE)) {
            throw new RejectedEvent("header ce_type must be " + RatingEvent.TYPE + ", and is " + headers.type());
        }
        RatingEvent event = parse(record.value());
        check(event);
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        if (!Long.toString(event.taskId()).equals(key)) {
            throw new RejectedEvent("the record's key must be its taskId " + event.taskId() + ", and is " + key);
        }
        return new Received(headers, event);
    }

    private RatingEvent parse(byte[] value) {
        if (value == null || value.length == 0) {
            throw new RejectedEvent("the record is empty");
        }
        try {
            RatingEvent event = json.readValue(value);
            if (event == null) {
                throw new RejectedEvent("the record is null");
            }
            return event;
        } catch (JsonMappingException failure) {
            String field = failure.getPath().isEmpty() ? "" : failure.getPath().get(0).getFieldName() + ": ";
            throw new RejectedEvent("the record is not a rating event: " + field + failure.getOriginalMessage());
        } catch (JsonProcessingException failure) {
            throw new RejectedEvent("the record is not JSON: " + failure.getOriginalMessage());
        } catch (IOException failure) {
            throw new RejectedEvent("the record cannot be read: " + failure.getMessage());
        }
    }

    private static void check(RatingEvent event) {
        require(event.ratingId() != null, "ratingId is missing");
        require(event.reviewer() != null, "reviewer is missing");
        require(event.verdict() != null, "verdict is missing");
        require(event.occurredAt() != null, "occurredAt is missing");
        require(event.revision() >= 1, "revision must be at least 1, and is " + event.revision());
        require(event.guidelinesVersion() >= 0, "guidelinesVersion must not be negative");
        switch (event.verdict()) {
            case "preference" -> {
                require(event.preferredResponseId() != null, "preferredResponseId is missing");
                require(event.otherResponseId() != null, "otherResponseId is missing");
                require(!event.preferredResponseId().equals(event.otherResponseId()),
                        "preferredResponseId and otherResponseId are the same");
                require(event.strength() != null && event.strength() >= 1 && event.strength() <= MAX_STRENGTH,
                        "strength must be 1 to " + MAX_STRENGTH + ", and is " + event.strength());
            }
            case "tie", "both_bad", "withdrawn" -> require(
                    event.preferredResponseId() == null && event.otherResponseId() == null && event.strength() == null,
                    "only a preference has responses and a strength");
            default -> throw new RejectedEvent(
                    "verdict must be preference, tie, both_bad or withdrawn, and is " + event.verdict());
        }
    }

    private static void require(boolean condition, String reason) {
        if (!condition) {
            throw new RejectedEvent(reason);
        }
    }

    /** An event with the attributes that it came with. */
    record Received(CloudEventHeaders headers, RatingEvent event) {}
}
