package dev.ratchet.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.lm.jinja.Rendering;
import dev.ratchet.lm.jinja.TemplateRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twelve chat templates and what transformers made of them; skipped where the reference material is absent. */
class ReferenceTemplatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"smollm2", "llama3", "llama3_2", "llama3_training", "qwen2_5", "qwen2_5_training", "qwen3",
            "qwen3_training", "qwen3_instruct_2507", "phi3", "gemma3", "lfm2"})
    void conversationsRenderByteForByteWithTheAssistantsSpans(String name) throws IOException {
        JsonNode golden = JSON.readTree(Shared.path("golden/reference/templates/renderings.json").toFile());
        JsonNode known = golden.at("/templates/" + name);
        ChatTemplate template = template(name, known);
        assertThat(known.path("renderings")).hasSize(14);
        for (Map.Entry<String, JsonNode> rendering : known.path("renderings").properties()) {
            boolean prompt = rendering.getKey().endsWith(", generation prompt");
            List<Message> messages = messages(golden.at("/conversations/"
                    + rendering.getKey().replace(", generation prompt", "")));
            if (rendering.getValue().has("text")) {
                Rendering rendered = template.rendering(messages, prompt);
                assertThat(rendered.text()).as(rendering.getKey())
                        .isEqualTo(rendering.getValue().path("text").asText());
                List<String> spans = new ArrayList<>();
                rendering.getValue().path("assistant_spans").forEach(s -> spans.add(s.asText()));
                assertThat(rendered.generated().stream()
                        .map(s -> rendered.text().substring(s.begin(), s.end()))).isEqualTo(spans);
            } else {
                assertThatThrownBy(() -> template.render(messages, prompt)).isInstanceOf(TemplateRefusal.class);
            }
        }
    }

    static ChatTemplate template(String name, JsonNode known) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String group : List.of("special_tokens", "variables")) {
            known.path(group).properties().stream().filter(e -> e.getValue().isTextual())
                    .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        }
        return ChatTemplate.of(Files.readString(Shared.path("golden/reference/templates/" + name + ".jinja")),
                variables);
    }

    static List<Message> messages(JsonNode conversation) {
        List<Message> messages = new ArrayList<>();
        conversation.forEach(m -> messages.add(new Message(m.path("role").asText(), m.path("content").asText())));
        return messages;
    }
}
