package dev.ratchet.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A model that can be asked, in OpenAI's shape; {@code version} is the one that answers now. */
public record ServedModel(
        String id, String object, long created, @JsonProperty("owned_by") String ownedBy, String version) {

    /** The answer of {@code GET /v1/models}. */
    public record Listing(String object, List<ServedModel> data) {}
}
