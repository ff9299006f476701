package dev.ratchet.intake.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How strange JSON is read: strictly, and within limits. */
final class Json {
    private Json() {}

    static ObjectMapper within(Limits limits) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.field())
                        .maxNameLength(1_000)
                        .maxNumberLength(100)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Names in strange files would fill the table of names that is shared for ever.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    }

    /** Why a text is no JSON, as a clause. */
    static String reason(JsonProcessingException failure) {
        String message = failure.getOriginalMessage().lines().findFirst().orElse("");
        String place = failure.getLocation() == null ? "" : " (column " + failure.getLocation().getColumnNr() + ")";
        return "no JSON" + place + ": " + message;
    }
}
