package dev.ratchet.project;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Optional;

/** Members of a project that get tasks together, such as those who judge medicine. */
@Entity
public class ReviewerGroup extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public Long projectId;
    public String name;
    /** Languages and skills that each of its members has by being in it. */
    public String[] tags;

    /** The group of a project; empty where the id is another project's. */
    public static Optional<ReviewerGroup> find(long project, long id) {
        return find("projectId = ?1 and id = ?2", project, id).firstResultOptional();
    }

    /** The project's groups by name. */
    public static List<ReviewerGroup> of(long project) {
        return list("projectId = ?1 order by name", project);
    }
}
