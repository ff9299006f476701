package dev.ratchet.task;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.platform.Language;
import dev.ratchet.platform.Markdown;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.question.Preference;
import dev.ratchet.question.Question;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Ranking;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import io.quarkus.qute.RawString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes what the page of a project's questions and guidelines shows. */
@Singleton
public class InstructionsViews {
    private static final int PAIR = 2;

    @Inject
    InstructionsUse use;

    @Inject
    QuestionsText text;

    @Inject
    Markdown markdown;

    @Inject
    Language language;

    /** What stands in the form. */
    record Filled(String guidelines, String questions, String note, boolean sensitive) {}

    /** The form with what holds now, with an earlier version ({@code from}) or with a recipe's questions. */
    @Transactional
    Filled stored(Project project, Integer from, Recipe recipe) {
        boolean known = from != null && from >= 1 && from <= project.instructionsVersion;
        Instructions told = known ? Instructions.of(project.id, from) : Instructions.current(project);
        return new Filled(told.guidelines, text.write(recipe == null ? told.questions : recipe.questions()),
                known && from != project.instructionsVersion ? "As in version " + from : "",
                project.settings.sensitive());
    }

    /** The page. */
    @Transactional
    InstructionsView page(Project given, Filled form, QuestionsText.Fault problem, String done) {
        Project project = Project.findById(given.id);
        Map<Integer, Long> ratings = use.ratings(project.id);
        int version = project.instructionsVersion;
        return new InstructionsView(
                ProjectHead.of(project), version, form.guidelines(), form.questions(), form.note(), form.sensitive(),
                new InstructionsView.Use(version, ratings.getOrDefault(version, 0L),
                        use.leases(project.id).getOrDefault(version, 0L)),
                preview(project, form.guidelines(), form.questions(), null),
                Instructions.history(project).stream().map(told -> past(told, ratings)).toList(),
                Arrays.stream(Recipe.values())
                        .map(recipe -> new InstructionsView.Start(recipe, text.write(recipe.questions()))).toList(),
                problem, done);
    }

    /**
     * What reviewers would see.
     *
     * @param wanted for how many answers; null for as many as the project's tasks have
     */
    @Transactional
    InstructionsView.Preview preview(Project project, String guidelines, String questions, Integer wanted) {
        Map<Integer, Long> tasks = use.tasksByResponses(project.id);
        int usual = tasks.isEmpty() ? PAIR : Collections.max(tasks.entrySet(), Map.Entry.comparingByValue()).getKey();
        int responses = wanted == null ? usual : Math.max(1, Math.min(Ranking.MOST, wanted));
        try {
            Questions read = text.read(questions);
            return new InstructionsView.Preview(project.slug, markdown.render(guidelines), asked(read, responses),
                    responses, null, advice(read, tasks));
        } catch (QuestionsText.Unusable wrong) {
            return new InstructionsView.Preview(project.slug, markdown.render(guidelines), List.of(), responses,
                    wrong.fault(), null);
        }
    }

    private List<QuestionView> asked(Questions questions, int responses) {
        List<RatingView.AnswerView> answers = IntStream.range(0, responses).mapToObj(place -> new RatingView.AnswerView(
                RatingView.letter(place), place + 1L, "", new RawString(""))).toList();
        RatingMessages words = language.messages(RatingMessages.class);
        return questions.list().stream().map(question -> new QuestionView(question, answers, MissingNode.getInstance(),
                InstructionsView.PREVIEW_FORM, words)).toList();
    }

    /** A question that some of the tasks cannot be asked would keep their reviewers from answering. */
    private static String advice(Questions questions, Map<Integer, Long> tasks) {
        long others = tasks.entrySet().stream().filter(entry -> entry.getKey() != PAIR)
                .mapToLong(Map.Entry::getValue).sum();
        boolean pairs = questions.list().stream().anyMatch(question -> question instanceof Preference);
        if (pairs && others > 0) {
            return "A preference compares two answers, and " + others + " open tasks have more or fewer: ask those for"
                    + " a ranking, the best or scores.";
        }
        return questions.list().stream().noneMatch(Question::compares)
                ? "None of these says which answer is better: no pairs for training come of them." : null;
    }

    private static InstructionsView.Past past(Instructions told, Map<Integer, Long> ratings) {
        Account author = told.authorId == null ? null : Account.findById(told.authorId);
        return new InstructionsView.Past(told.version, told.note, author == null ? "" : author.displayName,
                told.createdAt, told.questions.list().size(), ratings.getOrDefault(told.version, 0L));
    }
}
