package dev.ratchet.project;

import dev.ratchet.platform.Shown;
import jakarta.inject.Singleton;

/** The loop's first station: prompts on both sides of the split. */
@Singleton
class PromptStation implements LoopStation {

    @Override
    public int position() {
        return 1;
    }

    @Override
    public Figure figure(Project project) {
        long train = Prompt.count("projectId = ?1 and split = 'train'", project.id);
        long heldOut = Prompt.count("projectId = ?1 and split = 'eval'", project.id);
        String note = train + heldOut == 0 ? "import some to start" : Shown.count(heldOut) + " held out";
        return Figure.calm("Prompts", Shown.count(train + heldOut), note, "/projects/" + project.slug + "/prompts");
    }
}
