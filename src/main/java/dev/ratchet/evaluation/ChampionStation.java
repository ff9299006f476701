package dev.ratchet.evaluation;

import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import dev.ratchet.registry.Aliases;
import dev.ratchet.registry.ModelVersion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The loop's last station: the version that is served. */
@Singleton
class ChampionStation implements LoopStation {
    @Inject
    Aliases aliases;

    @Override
    public int position() {
        return 7;
    }

    @Override
    public Figure figure(Project project) {
        String link = "/projects/" + project.slug + "/versions";
        return aliases.champion(project)
                .map(alias -> {
                    ModelVersion version = ModelVersion.findById(alias.versionId);
                    String note = alias.revision == 1 ? "as imported" : "served since move " + alias.revision;
                    return Figure.calm("Champion", version.name, note, link);
                })
                .orElseGet(() -> Figure.calm("Champion", "–", "no model yet", link));
    }
}
