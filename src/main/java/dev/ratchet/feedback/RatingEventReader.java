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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads rating events from Kafka records, and believes nothing that it has not checked. */
@ApplicationScoped
class RatingEventReader {
    private static final int MAX_STRENGTH = 3;
    /** Of eight responses, each with each other. */
    private static final int MAX_COMPARISONS = 28;

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
        require(event.comparisons() != null, "comparisons is missing");
        require(event.occurredAt() != null, "occurredAt is missing");
        require(event.revision() >= 1, "revision must be at least 1, and is " + event.revision());
        require(event.instructionsVersion() >= 1, "instructionsVersion must be at least 1");
        require(!event.withdrawn() || event.comparisons().isEmpty(), "a withdrawn rating compares nothing");
        require(event.comparisons().size() <= MAX_COMPARISONS, "comparisons are more than " + MAX_COMPARISONS);
        Set<List<Long>> seen = new HashSet<>();
        for (RatingEvent.Compared compared : event.comparisons()) {
            require(compared != null, "a comparison is null");
            require(compared.firstResponseId() < compared.secondResponseId(),
                    "firstResponseId must be below secondResponseId");
            require(Math.abs(compared.strength()) <= MAX_STRENGTH,
                    "strength must be -" + MAX_STRENGTH + " to " + MAX_STRENGTH + ", and is " + compared.strength());
            require(!compared.bothBad() || compared.strength() == 0, "bothBad needs strength 0");
            require(seen.add(List.of(compared.firstResponseId(), compared.secondResponseId())),
                    "two comparisons are of the same responses");
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
