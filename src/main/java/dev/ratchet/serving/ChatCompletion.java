package dev.ratchet.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ratchet.lm.Message;
import java.util.List;

/** An answer of {@code POST /v1/chat/completions} in OpenAI's shape. */
public record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        @JsonProperty("system_fingerprint") String systemFingerprint,
        List<Choice> choices,
        Usage usage) {

    /** One reply; {@code finishReason} is {@code stop} or {@code length}. */
    public record Choice(int index, Message message, @JsonProperty("finish_reason") String finishReason) {}

    /** Token counts. */
    public record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens) {}
}
