package dev.ratchet.feedback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The attributes of a CloudEvent in binary content mode (CloudEvents 1.0, Kafka protocol binding). */
record CloudEventHeaders(UUID id, String source, String type, Instant time, String subject) {
    static final String SOURCE = "urn:ratchet:feedback";

    private static final String SPEC_VERSION = "1.0";
    private static final String JSON = "application/json";

    /** Writes the attributes as record headers. */
    void writeTo(Headers headers) {
        put(headers, "ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", id.toString());
        put(headers, "ce_source", source);
        put(headers, "ce_type", type);
        put(headers, "ce_time", time.toString());
        put(headers, "ce_subject", subject);
        put(headers, "content-type", JSON);
    }

    /** @throws RejectedEvent if an attribute is missing or not as this platform writes it */
    static CloudEventHeaders read(Headers headers) {
        require(headers, "ce_specversion", SPEC_VERSION);
        String contentType = text(headers, "content-type");
        if (!contentType.equals(JSON) && !contentType.startsWith(JSON + ";")) {
            throw new RejectedEvent("header content-type must be " + JSON + ", and is " + contentType);
        }
        String source = text(headers, "ce_source");
        if (source.isBlank()) {
            throw new RejectedEvent("header ce_source is empty");
        }
        try {
            return new CloudEventHeaders(
                    uuid(text(headers, "ce_id")),
                    source,
                    text(headers, "ce_type"),
                    Instant.parse(text(headers, "ce_time")),
                    text(headers, "ce_subject"));
        } catch (java.time.format.DateTimeParseException notATime) {
            throw new RejectedEvent("header ce_time must be an instant such as 2026-01-31T12:00:00Z");
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw new RejectedEvent("header ce_id must be a UUID");
        }
    }

    private static void require(Headers headers, String name, String expected) {
        String actual = text(headers, name);
        if (!actual.equals(expected)) {
            throw new RejectedEvent("header " + name + " must be " + expected + ", and is " + actual);
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new RejectedEvent("header " + name + " is missing");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
