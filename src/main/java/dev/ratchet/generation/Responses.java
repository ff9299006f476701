package dev.ratchet.generation;

import dev.ratchet.lm.Completion;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.ProgressListener;
import dev.ratchet.lm.Sampling;
import dev.ratchet.project.Project;
import dev.ratchet.project.Prompt;
import dev.ratchet.registry.LoadedModels;
import dev.ratchet.registry.ModelVersion;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples responses of a version and stores them with the parameters that made them. */
@ApplicationScoped
public class Responses {
    @Inject
    LoadedModels models;

    @Inject
    Clock clock;

    /**
     * Samples {@code perPrompt} responses to each prompt and stores them; call it outside a transaction, for it takes a
     * while.
     *
     * @return the stored responses, in the order of the prompts
     * @throws dev.ratchet.lm.ContextLengthException if a prompt leaves no room for a reply; then nothing is stored
     */
    public List<Response> sample(
            Project project,
            ModelVersion version,
            List<Prompt> prompts,
            int perPrompt,
            Sampling sampling,
            ProgressListener listener) {
        if (!version.projectId.equals(project.id)) {
            throw new IllegalArgumentException(
                    "Version %s is not one of project %s.".formatted(version.name, project.slug));
        }
        List<List<Message>> conversations = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int i = 0; i < perPrompt; i++) {
                conversations.add(prompt.messages);
            }
        }
        List<Completion> completions;
        try (LoadedModels.Lease lease = models.open(version)) {
            completions = lease.model().generate(conversations, sampling, listener);
        }
        return QuarkusTransaction.requiringNew().call(() -> store(version, prompts, perPrompt, sampling, completions));
    }

    private List<Response> store(
            ModelVersion version, List<Prompt> prompts, int perPrompt, Sampling sampling,
            List<Completion> completions) {
        Instant now = clock.instant();
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Response response = new Response();
            response.promptId = prompts.get(i / perPrompt).id;
            response.versionId = version.id;
            response.text = storable(completions.get(i).text());
            response.finishReason = completions.get(i).finishReason();
            response.sampling = parameters(sampling, i);
            response.createdAt = now;
            responses.add(response);
        }
        Response.persist(responses);
        return responses;
    }

    private static Map<String, Object> parameters(Sampling sampling, int place) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("max_tokens", sampling.maxTokens());
        parameters.put("temperature", sampling.temperature());
        parameters.put("top_k", sampling.topK());
        parameters.put("top_p", sampling.topP());
        parameters.put("seed", sampling.seed());
        // With the seed it decides the draws.
        parameters.put("place", place);
        return parameters;
    }

    /** A model may write the character 0, which PostgreSQL's text cannot hold. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
