package dev.ratchet.task;

import dev.ratchet.platform.Shown;
import dev.ratchet.project.LoopStation;
import dev.ratchet.project.Project;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/** The loop's second station: what people have judged. */
@Singleton
class RatingStation implements LoopStation {
    @Inject
    EntityManager entities;

    @Override
    public int position() {
        return 2;
    }

    @Override
    public Figure figure(Project project) {
        long total = Task.count("projectId = ?1 and purpose = ?2", project.id, Task.RATING);
        long complete = Task.count("projectId = ?1 and purpose = ?2 and status = ?3", project.id, Task.RATING,
                Task.COMPLETE);
        long ratings = entities.createQuery(
                        "select count(a) from Assignment a, Task t where t.id = a.taskId and t.projectId = ?1"
                                + " and a.status = ?2", Long.class)
                .setParameter(1, project.id)
                .setParameter(2, Assignment.RATED)
                .getSingleResult();
        String note = total == 0
                ? "no tasks yet"
                : Shown.count(complete) + " of " + Shown.count(total) + " tasks complete";
        return new Figure(
                "Ratings", Shown.count(ratings), note, "/projects/" + project.slug + "/rate", "calm",
                total == 0 ? null : (int) complete, total == 0 ? null : (int) total);
    }
}
