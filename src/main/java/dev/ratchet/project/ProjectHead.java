package dev.ratchet.project;

/** What every page below a project shows of it. */
public record ProjectHead(String slug, String name) {

    public static ProjectHead of(Project project) {
        return new ProjectHead(project.slug, project.name);
    }
}
