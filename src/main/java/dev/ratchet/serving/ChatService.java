package dev.ratchet.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.lm.Completion;
import dev.ratchet.lm.ContextLengthException;
import dev.ratchet.lm.LanguageModel;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.lm.jinja.TemplateException;
import dev.ratchet.registry.LoadedModels;
import dev.ratchet.registry.ModelVersion;
import dev.ratchet.security.CurrentAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Answers chat requests with the version that is champion when they arrive. */
@ApplicationScoped
public class ChatService {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");
    private static final int MOST_STOPS = 4;

    @Inject
    ServedModels served;

    @Inject
    LoadedModels models;

    @Inject
    Clock clock;

    /** A completion, and the version that wrote it. */
    public record Answered(ChatCompletion completion, ModelVersion version) {}

    /** Answers one request; every refusal is an {@link ApiError}. */
    public Answered answer(CurrentAccount caller, ChatRequest request) {
        if (request == null) {
            throw invalid(null, "The body is missing; send a JSON object with 'model' and 'messages'.");
        }
        if (Boolean.TRUE.equals(request.stream())) {
            throw new ApiError(
                    400, "stream-unsupported", "stream",
                    "Streaming is not supported yet; send the request with stream=false.");
        }
        if (request.n() != null && request.n() != 1) {
            throw invalid("n", "'n' must be 1; send the request again for another reply.");
        }
        if (request.model() == null || request.model().isBlank()) {
            throw invalid("model", "'model' is missing: name a project, or slug/version. GET /v1/models lists them.");
        }
        List<Message> conversation = conversation(request.messages());
        ServedModels.Resolved resolved = served.resolve(caller, request.model());
        Sampling sampling = sampling(request, resolved.project().settings.maxReplyTokens());
        try (LoadedModels.Lease lease = models.open(resolved.version())) {
            return new Answered(complete(request, lease.model(), resolved.version(), conversation, sampling),
                    resolved.version());
        } catch (ContextLengthException e) {
            throw new ApiError(400, "context-length", "messages", e.getMessage());
        } catch (TemplateException e) {
            // The template is the model's: it may refuse a system turn, or two user turns in a row.
            throw new ApiError(400, "chat-template", "messages", e.getMessage());
        }
    }

    private ChatCompletion complete(
            ChatRequest request, LanguageModel model, ModelVersion version, List<Message> conversation,
            Sampling sampling) {
        int[] prompt = model.prompt(conversation);
        Completion completion = model.generateTokens(List.of(prompt), sampling, ProgressListener.SILENT).get(0);
        int written = completion.tokens().length;
        return new ChatCompletion(
                "chatcmpl-" + UUID.randomUUID(),
                "chat.completion",
                clock.instant().getEpochSecond(),
                request.model(),
                ServedModels.fingerprint(version),
                List.of(new ChatCompletion.Choice(0, Message.assistant(completion.text()), completion.finishReason())),
                new ChatCompletion.Usage(prompt.length, written, prompt.length + written));
    }

    private static List<Message> conversation(List<ChatRequest.Turn> turns) {
        if (turns == null || turns.isEmpty()) {
            throw invalid("messages", "'messages' is missing or empty.");
        }
        List<Message> conversation = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            ChatRequest.Turn turn = turns.get(i);
            String place = "messages[" + i + "]";
            if (turn == null || turn.role() == null || !ROLES.contains(turn.role())) {
                throw invalid(place + ".role", "'%s.role' must be system, user or assistant.".formatted(place));
            }
            conversation.add(new Message(turn.role(), text(place, turn.content())));
        }
        if (conversation.get(conversation.size() - 1).role().equals("assistant")) {
            throw invalid("messages", "The last message is the assistant's; there is nothing to answer.");
        }
        return conversation;
    }

    private static String text(String place, JsonNode content) {
        if (content != null && content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        if (content != null && content.isArray() && !content.isEmpty()) {
            for (JsonNode part : content) {
                if (!part.path("type").asText().equals("text") || !part.path("text").isTextual()) {
                    throw invalid(place + ".content", "'%s.content' may hold text parts only.".formatted(place));
                }
                text.append(part.path("text").textValue());
            }
            return text.toString();
        }
        throw invalid(place + ".content", "'%s.content' must be a text.".formatted(place));
    }

    private static Sampling sampling(ChatRequest request, int defaultTokens) {
        Integer wanted = request.maxCompletionTokens() != null ? request.maxCompletionTokens() : request.maxTokens();
        int maxTokens = wanted == null ? defaultTokens : wanted;
        if (maxTokens < 1) {
            throw invalid("max_tokens", "'max_tokens' must be at least 1.");
        }
        double temperature = request.temperature() == null ? 1 : request.temperature();
        if (!(temperature >= 0 && temperature <= 2)) {
            throw invalid("temperature", "'temperature' must be from 0 to 2.");
        }
        double topP = request.topP() == null ? 1 : request.topP();
        if (!(topP > 0 && topP <= 1)) {
            throw invalid("top_p", "'top_p' must be above 0 and at most 1.");
        }
        long seed = request.seed() == null ? ThreadLocalRandom.current().nextLong() : request.seed();
        return new Sampling(maxTokens, temperature, 0, topP, seed, stops(request.stop()));
    }

    private static List<String> stops(JsonNode stop) {
        List<String> stops = new ArrayList<>();
        if (stop == null || stop.isNull()) {
            return stops;
        }
        for (JsonNode each : stop.isArray() ? stop : List.of(stop)) {
            if (!each.isTextual() || each.textValue().isEmpty()) {
                throw invalid("stop", "'stop' must be a text that is not empty, or a list of such texts.");
            }
            stops.add(each.textValue());
        }
        if (stops.size() > MOST_STOPS) {
            throw invalid("stop", "'stop' may hold at most %d texts.".formatted(MOST_STOPS));
        }
        return stops;
    }

    private static ApiError invalid(String param, String message) {
        return new ApiError(400, "invalid-request", param, message);
    }
}
