package dev.ratchet.serving;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request to {@code POST /v1/chat/completions} as OpenAI's clients send it; fields that change nothing here are
 * passed over.
 *
 * @param model a project's slug for its champion, or {@code slug/version-name}
 * @param stop a string or a list of strings
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ChatRequest(
        String model,
        List<Turn> messages,
        Double temperature,
        @JsonProperty("top_p") Double topP,
        @JsonProperty("max_tokens") Integer maxTokens,
        @JsonProperty("max_completion_tokens") Integer maxCompletionTokens,
        Long seed,
        JsonNode stop,
        Integer n,
        Boolean stream) {

    /** One message; {@code content} is a string or a list of text parts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Turn(String role, JsonNode content) {}
}
