package dev.ratchet.project;

import dev.ratchet.platform.Problem;
import dev.ratchet.question.InvalidQuestion;
import dev.ratchet.question.Questions;
import dev.ratchet.security.Account;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
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
        project.instructionsVersion = 1;
        project.overlap = wanted.overlap();
        project.settings = settings;
        project.createdAt = clock.instant();
        project.persist();
        write(project, wanted.guidelines() == null ? "" : wanted.guidelines(),
                wanted.questions() == null ? Questions.STANDARD : wanted.questions(), "First version", null);
        return project;
    }

    /**
     * Replaces what reviewers are told and asked by a new version. Leases that are open keep theirs; ratings name the
     * version that they answered. The same words again change nothing.
     *
     * @param expectedVersion the version that the change was made from
     * @param note what changed, for the record
     * @throws Problem 409 if somebody else changed them meanwhile; 422 if the questions cannot be asked
     */
    @Transactional
    public Instructions revise(Project project, int expectedVersion, String guidelines, Questions questions,
            String note, Long author) {
        Project locked = Project.findById(project.id, LockModeType.PESSIMISTIC_WRITE);
        Instructions now = Instructions.current(locked);
        if (now.guidelines.equals(guidelines) && now.questions.equals(questions)) {
            return now;
        }
        if (expectedVersion != locked.instructionsVersion) {
            throw Problem.conflict("instructions-changed", "The instructions were changed meanwhile",
                    "Version " + locked.instructionsVersion + " holds now, and the change was made from version "
                            + expectedVersion + ": look at the new one and change that.");
        }
        locked.instructionsVersion++;
        return write(locked, guidelines, questions, note, author);
    }

    /** Says whether the project's texts are sensitive: reviewers then see them when they ask to. */
    @Transactional
    public void markSensitive(Project project, boolean sensitive) {
        Project locked = Project.findById(project.id, LockModeType.PESSIMISTIC_WRITE);
        if (locked.settings.sensitive() != sensitive) {
            locked.settings = locked.settings.withSensitive(sensitive);
        }
    }

    private Instructions write(Project project, String guidelines, Questions questions, String note, Long author) {
        try {
            questions.checkDefinition();
        } catch (InvalidQuestion wrong) {
            throw Problem.unprocessable("invalid-question", "A question cannot be asked", wrong.getMessage());
        }
        Instructions instructions = new Instructions();
        instructions.projectId = project.id;
        instructions.version = project.instructionsVersion;
        instructions.guidelines = guidelines;
        instructions.questions = questions;
        instructions.note = note;
        instructions.authorId = author;
        instructions.createdAt = clock.instant();
        instructions.persist();
        return instructions;
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

    /** The projects of {@link #list} that whoever asks may see. */
    @Transactional
    public List<Project> list(CurrentAccount caller, long afterId, int limit) {
        Account account = caller.get();
        return list(account, caller.role(account), afterId, limit);
    }

    List<Project> list(Account account, String role, long afterId, int limit) {
        if (role.equals(Role.ADMINISTRATOR)) {
            return list(afterId, limit);
        }
        return Project.find("from Project p where p.id > ?1 and (p.open or exists (select 1 from Member m"
                        + " where m.projectId = p.id and m.accountId = ?2)) order by p.id", afterId, account.id)
                .page(Page.ofSize(limit)).list();
    }

    /** The projects that whoever asks may see, newest first, at most {@code limit}: what a page shows. */
    @Transactional
    public List<Project> newest(CurrentAccount caller, int limit) {
        Account account = caller.get();
        return (caller.role(account).equals(Role.ADMINISTRATOR)
                ? Project.<Project>find("from Project p order by p.id desc")
                : Project.<Project>find("from Project p where p.open or exists (select 1 from Member m"
                        + " where m.projectId = p.id and m.accountId = ?1) order by p.id desc", account.id))
                .page(Page.ofSize(limit)).list();
    }

    private static void check(ProjectSettings settings) {
        between("retrainAfterPairs", settings.retrainAfterPairs(), 0, 10_000_000);
        between("supervisedAfter", settings.supervisedAfter(), 0, 10_000_000);
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
