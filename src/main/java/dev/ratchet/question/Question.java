package dev.ratchet.question;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * Something that reviewers are asked about the responses to a prompt.
 *
 * <p>A question knows what an answer to it looks like, so the page, the API and imports are held to the same rules.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Preference.class, name = "preference"),
    @JsonSubTypes.Type(value = Ranking.class, name = "ranking"),
    @JsonSubTypes.Type(value = Best.class, name = "best"),
    @JsonSubTypes.Type(value = Scores.class, name = "scores"),
    @JsonSubTypes.Type(value = Tags.class, name = "tags"),
    @JsonSubTypes.Type(value = FreeText.class, name = "text"),
    @JsonSubTypes.Type(value = Rewrite.class, name = "rewrite"),
    @JsonSubTypes.Type(value = Spans.class, name = "spans"),
    @JsonSubTypes.Type(value = Safety.class, name = "safety")
})
public sealed interface Question
        permits Preference, Ranking, Best, Scores, Tags, FreeText, Rewrite, Spans, Safety {

    /** Names the answer in JSON, forms and exports: lower-case letters, digits and hyphens; unique in its project. */
    String name();

    /** What the page asks. */
    String title();

    /** A sentence that helps to answer; empty for none. */
    String help();

    /** Whether a rating without an answer to it is refused. */
    boolean required();

    /** The kind's name in JSON. */
    default String kind() {
        return this instanceof FreeText ? "text" : getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks an answer.
     *
     * @param field where the answer stands, for the refusal
     * @throws InvalidAnswer naming the field that is wrong
     */
    void check(String field, JsonNode answer, Shown shown);

    /** What a checked answer says of which response is better; empty for questions that say nothing of that. */
    default List<Comparison> comparisons(JsonNode answer, Shown shown) {
        return List.of();
    }

    /** Whether answers to it say which response is better. */
    default boolean compares() {
        return false;
    }

    /** @throws InvalidQuestion if it cannot be asked of so many responses, or is not well formed */
    void checkDefinition();
}
