package dev.ratchet.project;

import dev.ratchet.lm.Message;
import dev.ratchet.question.Recipe;
import io.quarkus.qute.RawString;
import java.util.List;

/** What the project pages show. */
final class ProjectView {
    private ProjectView() {}

    /** One card of the list. */
    record Card(String slug, String name, String description, long prompts, int overlap) {}

    /** One project. */
    record Overview(
            ProjectHead head,
            String description,
            long prompts,
            RawString guidelines,
            int instructionsVersion,
            int overlap,
            ProjectSettings settings,
            List<LoopStation.Figure> loop) {}

    /** A page of prompts. */
    record PromptPage(
            ProjectHead head,
            List<Row> rows,
            long total,
            long heldOut,
            int page,
            int pages,
            String problem,
            String done) {

        public boolean hasPrevious() {
            return page > 1;
        }

        public boolean hasNext() {
            return page < pages;
        }

        public int previous() {
            return page - 1;
        }

        public int next() {
            return page + 1;
        }
    }

    /** One prompt of the list. */
    record Row(long id, String text, int turns, String split, String splitGroup) {
        static Row of(Prompt prompt) {
            Message last = prompt.messages.get(prompt.messages.size() - 1);
            return new Row(prompt.id, last.content(), prompt.messages.size(), prompt.split, prompt.splitGroup);
        }

        public boolean isHeldOut() {
            return split.equals("eval");
        }
    }

    /** The form for a new project, as it was filled in, with what is wrong with it. */
    record Draft(
            String slug,
            String name,
            String description,
            String guidelines,
            String recipe,
            String overlap,
            String retrainAfterPairs,
            String supervisedAfter,
            String klBudget,
            String minimumWinRate,
            String minimumRewardAccuracy,
            String problem) {

        static Draft empty() {
            return new Draft("", "", "", "", Recipe.SIDE_BY_SIDE.id(), "2", "", "", "", "", "", null);
        }

        /** What a new project may ask. */
        public List<Recipe> recipes() {
            return List.of(Recipe.values());
        }

        /** What an empty setting means. */
        public ProjectSettings usual() {
            return ProjectSettings.defaults();
        }
    }
}
