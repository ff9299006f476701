package dev.ratchet.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The calls that the OpenAPI document describes, pages included. */
final class ApiDescription {
    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
    private static final int DEEPEST = 6;

    private final JsonNode document;

    private ApiDescription(JsonNode document) {
        this.document = document;
    }

    static ApiDescription read(String json) {
        try {
            return new ApiDescription(new ObjectMapper().readTree(json));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A call.
     *
     * @param bodyType the first media type that it takes; null for none
     * @param sample a body of the shape that is described; null where it takes no JSON
     * @param form names of its form's fields; empty where it takes no form, or any fields
     * @param query names of its query parameters
     */
    record Call(String verb, String path, String bodyType, JsonNode sample, List<String> form, List<String> query) {

        boolean isApi() {
            return path.startsWith("/api/") || path.startsWith("/v1/");
        }

        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(verb -> {
            if (VERBS.contains(verb.getKey())) {
                calls.add(call(verb.getKey(), path.getKey(), verb.getValue()));
            }
        }));
        return calls;
    }

    private Call call(String verb, String path, JsonNode described) {
        JsonNode content = described.path("requestBody").path("content");
        JsonNode json = content.path("application/json").path("schema");
        List<String> form = new ArrayList<>();
        content.path("application/x-www-form-urlencoded").path("schema").path("properties").fieldNames()
                .forEachRemaining(form::add);
        List<String> query = new ArrayList<>();
        described.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                query.add(parameter.path("name").asText());
            }
        });
        return new Call(verb, path, content.isEmpty() ? null : content.fieldNames().next(),
                json.isMissingNode() ? null : sample(json, 0), form, query);
    }

    /** Something of a schema's shape, with every property that it names. */
    private JsonNode sample(JsonNode schema, int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText();
            return sample(document.at(name.substring(1)), depth + 1);
        }
        for (String some : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.has(some)) {
                return sample(schema.path(some).get(0), depth + 1);
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        JsonNode type = schema.path("type").isArray() ? schema.path("type").get(0) : schema.path("type");
        return switch (depth > DEEPEST ? "" : type.asText()) {
            case "integer" -> make.numberNode(1);
            case "number" -> make.numberNode(0.5);
            case "boolean" -> make.booleanNode(true);
            case "string" -> make.textNode(schema.path("format").asText().equals("uuid")
                    ? "00000000-0000-4000-8000-000000000000" : "text");
            case "array" -> {
                ArrayNode items = make.arrayNode();
                items.add(sample(schema.path("items"), depth + 1));
                yield items;
            }
            case "object" -> {
                ObjectNode properties = make.objectNode();
                schema.path("properties").fields().forEachRemaining(
                        property -> properties.set(property.getKey(), sample(property.getValue(), depth + 1)));
                yield properties;
            }
            default -> make.objectNode();
        };
    }
}
