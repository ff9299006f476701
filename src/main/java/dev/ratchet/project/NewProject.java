package dev.ratchet.project;

import dev.ratchet.question.Questions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A project to be made.
 *
 * @param slug its name in addresses: lower-case letters, digits and single hyphens
 * @param guidelines what reviewers judge by, in Markdown; null for none yet
 * @param overlap how many reviewers rate each task
 * @param settings null for {@link ProjectSettings#defaults()}
 * @param questions what reviewers are asked; null for {@link Questions#STANDARD}
 */
public record NewProject(
        @NotNull @Size(max = 64) @Pattern(regexp = "[a-z0-9]+(-[a-z0-9]+)*",
                message = "must be lower-case letters and digits with single hyphens between") String slug,
        @NotBlank @Size(max = 200) String name,
        @Size(max = 2_000) String description,
        @Size(max = 50_000) String guidelines,
        @Min(1) @Max(50) int overlap,
        ProjectSettings settings,
        Questions questions) {

    /** A project with the standard questions. */
    public NewProject(String slug, String name, String description, String guidelines, int overlap,
            ProjectSettings settings) {
        this(slug, name, description, guidelines, overlap, settings, null);
    }
}
