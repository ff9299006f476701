package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Where reviewers disagree: a lead sees one task at a time with all that was said of it, and settles it by keyboard.
 */
@Path("/projects/{slug}/adjudication")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AdjudicationPage {

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance adjudication(AdjudicationView view);
    }

    @Inject
    AdjudicationDesk desk;

    @Inject
    AdjudicationViews views;

    @Inject
    Projects projects;

    @Inject
    CurrentAccount account;

    /**
     * @param task which to show; null for the first that waits
     * @param decided the task that a redirect says was decided just now
     */
    @GET
    public Response show(String slug, @RestQuery Long task, @RestQuery Long decided) {
        return page(200, projects.require(slug), task, decided, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response settle(String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        return act(project, fields, task -> {
            List<Long> responses = new RatingForm(fields).responses();
            desk.settle(account.get(), project, task, responses,
                    FormAnswers.read(Instructions.current(project).questions, responses, fields),
                    fields.getFirst("reason"));
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("dismiss")
    public Response dismiss(String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        return act(project, fields,
                task -> desk.dismiss(account.get(), project, task, fields.getFirst("reason")));
    }

    /** Takes a decision back and shows its task again. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("reopen")
    public Response reopen(String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        long task = new RatingForm(fields).task();
        desk.reopen(account.get(), project, task, fields.getFirst("reason"));
        return Response.seeOther(UriBuilder.fromPath("/projects/{slug}/adjudication").queryParam("task", task)
                .build(slug)).build();
    }

    /** Something that a lead decides on a task. */
    @FunctionalInterface
    private interface Act {
        void on(long task);
    }

    private Response act(Project project, MultivaluedMap<String, String> fields, Act act) {
        long task = new RatingForm(fields).task();
        try {
            act.on(task);
            return Response.seeOther(UriBuilder.fromPath("/projects/{slug}/adjudication").queryParam("decided", task)
                    .build(project.slug)).build();
        } catch (Problem problem) {
            if (problem.status() == 404) {
                throw problem;
            }
            return page(problem.status(), project, task, null,
                    new RatingView.Notice(problem.title(), problem.detail()));
        }
    }

    private Response page(int status, Project project, Long task, Long decided, RatingView.Notice notice) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store")
                .entity(Templates.adjudication(views.of(account.get(), project, task, decided, notice)).render())
                .build();
    }
}
