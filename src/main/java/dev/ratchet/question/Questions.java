package dev.ratchet.question;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The questions of a project, in the order in which the page asks them.
 *
 * @param list one at least, each with a name of its own
 */
public record Questions(List<Question> list) {
    /** What a project asks that has not chosen: which of two is better, and why. */
    public static final Questions STANDARD = new Questions(List.of(
            new Preference("preference", "Which answer is better?", "", true, true, true),
            new FreeText("comment", "Why?", "A comment is optional", false, 4_000)));

    private static final int MOST = 20;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Questions {
        list = Definition.list(list);
    }

    @JsonValue
    @Override
    public List<Question> list() {
        return list;
    }

    /**
     * Checks that the questions can be asked together.
     *
     * @throws InvalidQuestion naming the question and the field
     */
    public void checkDefinition() {
        if (list.isEmpty() || list.size() > MOST) {
            throw new InvalidQuestion("questions", "must be 1 to " + MOST);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            try {
                list.get(i).checkDefinition();
            } catch (InvalidQuestion wrong) {
                throw new InvalidQuestion("questions[" + i + "]." + wrong.getMessage(), "");
            }
            if (!names.add(list.get(i).name())) {
                throw new InvalidQuestion("questions[" + i + "].name", "is another question's: " + list.get(i).name());
            }
        }
        if (list.stream().noneMatch(Question::required)) {
            throw new InvalidQuestion("questions", "must have one that is required at least");
        }
    }

    /**
     * Checks what a reviewer answered.
     *
     * @param answers by the question's name; an optional question may be absent
     * @throws InvalidAnswer naming the field that is wrong
     */
    public void check(JsonNode answers, Shown shown) {
        if (answers == null || !answers.isObject()) {
            throw new InvalidAnswer("answers", "must be an object with an entry per question");
        }
        answers.fieldNames().forEachRemaining(name -> {
            if (list.stream().noneMatch(question -> question.name().equals(name))) {
                throw new InvalidAnswer("answers." + name, "is not one of the project's questions");
            }
        });
        for (Question question : list) {
            JsonNode answer = answers.get(question.name());
            String field = "answers." + question.name();
            if (answer != null && !answer.isNull()) {
                question.check(field, answer, shown);
            } else if (question.required()) {
                throw new InvalidAnswer(field, "is missing: the question must be answered");
            } else if (answer != null) {
                throw new InvalidAnswer(field, "must be absent where it is not answered");
            }
        }
    }

    /** What checked answers say of which response is better, by the first comparing question that was answered. */
    public List<Comparison> comparisons(JsonNode answers, Shown shown) {
        return list.stream().filter(question -> question.compares() && answers.has(question.name())).findFirst()
                .map(question -> question.comparisons(answers.get(question.name()), shown)).orElse(List.of());
    }
}
