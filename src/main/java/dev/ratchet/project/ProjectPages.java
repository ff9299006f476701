package dev.ratchet.project;

import dev.ratchet.platform.Markdown;
import dev.ratchet.platform.Problem;
import dev.ratchet.platform.Shown;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.arc.All;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Projects: the list, one project with its loop as a picture, its prompts, and the forms that make them. */
@Path("/projects")
@Authenticated
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ProjectPages {
    private static final int ROWS = 50;
    private static final int MOST_PROJECTS = 500;

    /** The type-safe templates; the loop is a fragment that the page asks for again. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(List<ProjectView.Card> cards);

        static native TemplateInstance project(ProjectView.Overview view);

        static native TemplateInstance project$loop(ProjectView.Overview view);

        static native TemplateInstance prompts(ProjectView.PromptPage view);

        static native TemplateInstance create(ProjectView.Draft draft);
    }

    @Inject
    Projects projects;

    @Inject
    Prompts prompts;

    @Inject
    CurrentAccount account;

    @Inject
    PromptLines promptLines;

    @Inject
    Markdown markdown;

    @All
    @Inject
    List<LoopStation> stations;

    @GET
    @Transactional
    public TemplateInstance list() {
        return Templates.list(projects.newest(account, MOST_PROJECTS).stream()
                .sorted(Comparator.comparing((Project project) -> project.id).reversed())
                .map(project -> new ProjectView.Card(
                        project.slug, project.name, project.description, Prompt.count("projectId", project.id),
                        project.overlap))
                .toList());
    }

    @GET
    @Path("new")
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public TemplateInstance create() {
        return Templates.create(ProjectView.Draft.empty());
    }

    @POST
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public Response create(@BeanParam ProjectForm form) {
        try {
            Project made = projects.create(form.wanted());
            return Response.seeOther(URI.create("/projects/" + made.slug + "/prompts")).build();
        } catch (Problem problem) {
            return html(problem.status(), Templates.create(form.draft(problem.detail())));
        } catch (ConstraintViolationException invalid) {
            return html(422, Templates.create(form.draft(words(invalid))));
        }
    }

    private static String words(ConstraintViolationException invalid) {
        return invalid.getConstraintViolations().stream()
                .map(violation -> field(violation.getPropertyPath()) + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; ", "", "."));
    }

    private static String field(jakarta.validation.Path path) {
        String name = path.toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "slug" -> "The address";
            case "name" -> "The name";
            case "description" -> "The description";
            case "guidelines" -> "The guidelines";
            default -> "Reviewers a task";
        };
    }

    @GET
    @Path("{slug}")
    @Transactional
    public TemplateInstance project(String slug) {
        return Templates.project(overview(projects.require(slug)));
    }

    @GET
    @Path("{slug}/loop")
    @Transactional
    public TemplateInstance loop(String slug) {
        return Templates.project$loop(overview(projects.require(slug)));
    }

    @GET
    @Path("{slug}/prompts")
    @Transactional
    public TemplateInstance prompts(
            String slug, @RestQuery @DefaultValue("1") int page, @RestQuery Integer added, @RestQuery Integer known) {
        String done = added == null ? null : imported(added, known == null ? 0 : known);
        return Templates.prompts(promptPage(projects.require(slug), page, null, done));
    }

    @POST
    @Path("{slug}/prompts")
    @RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
    public Response add(String slug, @RestForm String lines, @RestForm("file") FileUpload file) {
        Project project = projects.require(slug);
        try {
            List<NewPrompt> read = new ArrayList<>(promptLines.read("the pasted text", lines == null ? "" : lines));
            if (file != null && file.fileName() != null && !file.fileName().isEmpty()) {
                read.addAll(promptLines.read("the file " + file.fileName(), text(file)));
            }
            if (read.isEmpty()) {
                throw Problem.unprocessable(
                        "no-prompts", "There are no prompts", "Write one prompt a line, or choose a file.");
            }
            AddedPrompts added = prompts.add(project, read);
            return Response.seeOther(URI.create("/projects/" + slug + "/prompts?added=" + added.ids().size() + "&known="
                            + added.duplicates().size()))
                    .build();
        } catch (Problem problem) {
            return html(problem.status(), Templates.prompts(promptPage(project, 1, problem.detail(), null)));
        }
    }

    private ProjectView.Overview overview(Project project) {
        Instructions told = Instructions.current(project);
        return new ProjectView.Overview(
                ProjectHead.of(project),
                project.description,
                Prompt.count("projectId", project.id),
                markdown.render(told.guidelines),
                told.version,
                project.overlap,
                project.settings,
                stations.stream()
                        .sorted(Comparator.comparingInt(LoopStation::position))
                        .map(station -> station.figure(project))
                        .toList());
    }

    private ProjectView.PromptPage promptPage(Project project, int page, String problem, String done) {
        long total = Prompt.count("projectId", project.id);
        long heldOut = Prompt.count("projectId = ?1 and split = 'eval'", project.id);
        int pages = (int) Math.max(1, (total + ROWS - 1) / ROWS);
        int shown = Math.max(1, Math.min(pages, page));
        List<ProjectView.Row> rows = Prompt.<Prompt>find("projectId = ?1 order by id desc", project.id)
                .page(shown - 1, ROWS)
                .stream()
                .map(ProjectView.Row::of)
                .toList();
        return new ProjectView.PromptPage(
                ProjectHead.of(project), rows, total, heldOut, shown, pages, problem, done);
    }

    private static String imported(int added, int known) {
        return Shown.count(added) + " new prompts." + (known > 0
                ? " " + Shown.count(known) + " were there already and were left out."
                : "");
    }

    private static String text(FileUpload file) {
        try {
            return Files.readString(file.uploadedFile(), StandardCharsets.UTF_8);
        } catch (CharacterCodingException unreadable) {
            throw Problem.unprocessable(
                    "unreadable-prompts", "The prompts cannot be read",
                    "The file " + file.fileName() + " is not UTF-8 text. Save it as UTF-8 and import again.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Response html(int status, TemplateInstance template) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.render())
                .build();
    }
}
