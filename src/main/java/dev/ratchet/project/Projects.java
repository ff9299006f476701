package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes and finds projects. */
@ApplicationScoped
public class Projects {
    private final Clock clock;

    Projects(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a project.
     *
     * @throws Problem 409 if the slug is taken; 422 if a setting is out of its range
     * @throws jakarta.validation.ConstraintViolationException if a field is not valid
     */
    @Transactional
    public Project create(@Valid NewProject wanted) {
        ProjectSettings settings = wanted.settings() == null ? ProjectSettings.defaults() : wanted.settings();
        check(settings);
        if (Project.findBySlug(wanted.slug()).isPresent()) {
            throw Problem.conflict("slug-taken", "The project exists",
                    "A project is named " + wanted.slug() + " already: choose another slug.");
        }
        Project project = new Project();
        project.slug = wanted.slug();
        project.name = wanted.name().strip();
        project.description = wanted.description() == null ? "" : wanted.description();
        project.guidelines = wanted.guidelines() == null ? "" : wanted.guidelines();
        project.guidelinesVersion = 1;
        project.overlap = wanted.overlap();
        project.settings = settings;
        project.createdAt = clock.instant();
        project.persist();
        return project;
    }

    /** The project with a slug. */
    @Transactional
    public Optional<Project> find(String slug) {
        return Project.findBySlug(slug);
    }

    /** @throws Problem 404 if there is no project with the slug */
    @Transactional
    public Project require(String slug) {
        return find(slug).orElseThrow(() -> Problem.notFound("unknown-project", "There is no such project",
                "No project has the slug " + slug + ": GET /api/projects lists them."));
    }

    /** Projects in the order in which they were made, after an id, at most {@code limit}. */
    @Transactional
    public List<Project> list(long afterId, int limit) {
        return Project.find("id > ?1 order by id", afterId).page(Page.ofSize(limit)).list();
    }

    private static void check(ProjectSettings settings) {
        between("retrainAfterPairs", settings.retrainAfterPairs(), 0, 10_000_000);
        between("maxReplyTokens", settings.maxReplyTokens(), 1, 32_768);
        between("temperature", settings.temperature(), 0.01, 10);
        between("samplesPerPrompt", settings.samplesPerPrompt(), 2, 256);
        between("beta", settings.beta(), 1e-6, 100);
        between("supervisedCoefficient", settings.supervisedCoefficient(), 0, 100);
        between("klBudget", settings.klBudget(), 0, 1e6);
        between("minimumWinRate", settings.minimumWinRate(), 0, 1);
        between("minimumRewardAccuracy", settings.minimumRewardAccuracy(), 0, 1);
    }

    private static void between(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw Problem.unprocessable("invalid-settings", "The settings are not valid",
                    "settings." + field + " must be " + low + " to " + high + ", and is " + value);
        }
    }
}
