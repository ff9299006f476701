package dev.ratchet.task;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a project's lead sets of its queue. */
@Entity
public class Routing extends PanacheEntityBase {
    @Id
    public Long projectId;

    public double goldRate;
    public boolean goldFeedback;
    public int calibrationTasks;
    public double calibrationAccuracy;
    public double randomShare;

    /** The settings that hold in a project. */
    static RoutingSettings of(long project) {
        Routing stored = findById(project);
        return stored == null ? RoutingSettings.NONE : new RoutingSettings(stored.goldRate, stored.goldFeedback,
                stored.calibrationTasks, stored.calibrationAccuracy, stored.randomShare);
    }
}
