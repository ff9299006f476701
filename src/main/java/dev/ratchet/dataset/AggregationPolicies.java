package dev.ratchet.dataset;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Which policy makes one pair of several ratings in a project. */
@ApplicationScoped
public class AggregationPolicies {
    /** The policy that weighs reviewers by how reliable they are. */
    public static final String RELIABILITY = ReliableStrength.NAME;
    /** The policies that there are. */
    static final List<String> ALL = List.of(MeanStrength.NAME, ReliableStrength.NAME);

    private final DataSource database;
    private final PairProjection projection;
    private final ReviewerReliabilities reliabilities;

    AggregationPolicies(DataSource database, PairProjection projection, ReviewerReliabilities reliabilities) {
        this.database = database;
        this.projection = projection;
        this.reliabilities = reliabilities;
    }

    /**
     * Chooses a policy. Pairs follow it from the next snapshot on; those of everybody counting the same, at once.
     *
     * @throws Problem 422 if there is no such policy
     */
    @Transactional
    public void choose(Project project, String policy) {
        if (policy == null || !ALL.contains(policy)) {
            throw Problem.unprocessable("unknown-policy", "There is no such policy",
                    "policy must be one of " + String.join(", ", ALL) + ".");
        }
        Project locked = Project.findById(project.id, LockModeType.PESSIMISTIC_WRITE);
        if (locked.aggregation.equals(policy)) {
            return;
        }
        locked.aggregation = policy;
        if (policy.equals(MeanStrength.NAME)) {
            try (Connection connection = database.getConnection()) {
                projection.remake(connection, project.id, Aggregation.MEAN_STRENGTH);
            } catch (SQLException failure) {
                throw new IllegalStateException("The pairs cannot be made anew", failure);
            }
        }
    }

    /** What each reviewer would count in a snapshot taken now; empty where everybody counts the same. */
    @Transactional
    public List<ReviewerWeight> weights(Project project) {
        return project.aggregation.equals(MeanStrength.NAME) ? List.of() : estimated(project);
    }

    /** What each reviewer would count in a snapshot taken now if reviewers were weighed, in the order of pseudonyms. */
    @Transactional
    List<ReviewerWeight> estimated(Project project) {
        try (Connection connection = database.getConnection()) {
            return reliabilities.estimate(connection, project.id);
        } catch (SQLException failure) {
            throw new IllegalStateException("The weights cannot be estimated", failure);
        }
    }
}
