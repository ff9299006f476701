package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Recipe;
import org.jboss.resteasy.reactive.RestForm;

/** The form for a new project as it was sent; a setting that is left empty keeps its default. */
public class ProjectForm {
    @RestForm
    String slug;

    @RestForm
    String name;

    @RestForm
    String description;

    @RestForm
    String guidelines;

    @RestForm
    String recipe;

    @RestForm
    String overlap;

    @RestForm
    String retrainAfterPairs;

    @RestForm
    String supervisedAfter;

    @RestForm
    String klBudget;

    @RestForm
    String minimumWinRate;

    @RestForm
    String minimumRewardAccuracy;

    /** @throws Problem 422 where a number cannot be read */
    NewProject wanted() {
        return new NewProject(
                text(slug), text(name), text(description), text(guidelines), whole("Reviewers a task", overlap),
                settings(ProjectSettings.defaults()), questions());
    }

    /** What the page shows again, with what is wrong with it. */
    ProjectView.Draft draft(String problem) {
        return new ProjectView.Draft(
                text(slug), text(name), text(description), text(guidelines), text(recipe), text(overlap),
                text(retrainAfterPairs), text(supervisedAfter), text(klBudget), text(minimumWinRate),
                text(minimumRewardAccuracy), problem);
    }

    private Questions questions() {
        return text(recipe).isEmpty() ? null : Recipe.of(text(recipe)).orElseThrow(() ->
                invalid("There is no recipe of questions named " + text(recipe) + ".")).questions();
    }

    private ProjectSettings settings(ProjectSettings usual) {
        return new ProjectSettings(
                text(retrainAfterPairs).isEmpty()
                        ? usual.retrainAfterPairs()
                        : whole("New pairs before retraining", retrainAfterPairs),
                usual.maxReplyTokens(),
                usual.temperature(),
                usual.samplesPerPrompt(),
                usual.beta(),
                usual.supervisedCoefficient(),
                number("The KL budget", klBudget, usual.klBudget(), 1e6),
                number("The minimum win rate", minimumWinRate, usual.minimumWinRate(), 1),
                number("The minimum reward accuracy", minimumRewardAccuracy, usual.minimumRewardAccuracy(), 1))
                .withSupervisedAfter(text(supervisedAfter).isEmpty()
                        ? usual.supervisedAfter()
                        : whole("New demonstrations before supervised training", supervisedAfter));
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    private static int whole(String field, String value) {
        try {
            int read = Integer.parseInt(text(value));
            if (read >= 0) {
                return read;
            }
        } catch (NumberFormatException unreadable) {
            throw invalid(field + " must be a whole number.");
        }
        throw invalid(field + " must not be negative.");
    }

    private static double number(String field, String value, double usual, double most) {
        if (text(value).isEmpty()) {
            return usual;
        }
        try {
            double read = Double.parseDouble(text(value));
            if (read >= 0 && read <= most) {
                return read;
            }
        } catch (NumberFormatException unreadable) {
            throw invalid(field + " must be a number.");
        }
        throw invalid(field + " must be 0 to " + (long) most + ".");
    }

    private static Problem invalid(String detail) {
        return Problem.unprocessable("invalid-project", "The project cannot be made", detail);
    }
}
