package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.project.Projects;
import dev.ratchet.security.CurrentAccount;
import dev.ratchet.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** A project's tasks for its leads: who is given what, which answers are known to be right, and the first round. */
@Path("/projects/{slug}/tasks")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TasksPage {
    private static final int ROWS = 50;

    /** The type-safe templates. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance tasks(TasksView view);

        static native TemplateInstance task(TasksView.One view);
    }

    @Inject
    Projects projects;

    @Inject
    TaskList list;

    @Inject
    RoutingDesk routing;

    @Inject
    GoldDesk gold;

    @Inject
    Calibrations calibrations;

    @Inject
    RatingViews views;

    @Inject
    CurrentAccount account;

    /** @param done what a redirect after a post says was done */
    @GET
    @Transactional
    public TemplateInstance show(@RestPath String slug, UriInfo address, @RestQuery Long after,
            @RestQuery String done) {
        Project project = projects.require(slug);
        TasksForm form = new TasksForm(address.getQueryParameters());
        try {
            return Templates.tasks(page(project, form, form.filter(), after, TasksView.Done.of(done), null));
        } catch (Problem wrong) {
            return Templates.tasks(page(project, form, TaskFilter.ALL, null, null, wrong.detail()));
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@RestPath String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        TasksForm form = new TasksForm(fields);
        try {
            long changed = routing.change(project, form.chosen(), form.change());
            return Response
                    .seeOther(URI.create("/projects/" + slug + "/tasks?" + form.query() + "done=changed-" + changed))
                    .build();
        } catch (Problem wrong) {
            return html(wrong.status(),
                    Templates.tasks(page(project, form, form.filter(), null, null, wrong.detail())));
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("mix")
    public Response mix(@RestPath String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        TasksForm form = new TasksForm(fields);
        try {
            routing.set(project, form.mix());
            return Response.seeOther(URI.create("/projects/" + slug + "/tasks?done=mixed")).build();
        } catch (Problem wrong) {
            return html(wrong.status(),
                    Templates.tasks(page(project, form, TaskFilter.ALL, null, null, wrong.detail())));
        }
    }

    @POST
    @Path("calibration/{reviewer}")
    public Response letThrough(@RestPath String slug, @RestPath long reviewer) {
        calibrations.letThrough(projects.require(slug), reviewer, account.get());
        return Response.seeOther(URI.create("/projects/" + slug + "/tasks?done=let")).build();
    }

    @GET
    @Path("{id}")
    @Transactional
    public TemplateInstance task(@RestPath String slug, @RestPath long id) {
        Project project = projects.require(slug);
        GoldTask shown = gold.show(project, id);
        return Templates.task(views.gold(project, shown, null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("{id}")
    public Response setGold(@RestPath String slug, @RestPath long id, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        GoldTask shown = gold.show(project, id);
        try {
            var answers = FormAnswers.read(
                    shown.questions(), shown.responses().stream().map(Answer::responseId).toList(), fields);
            gold.set(project, id, fields.getFirst("purpose"), answers, fields.getFirst("explanation"), account.get());
            return Response.seeOther(URI.create("/projects/" + slug + "/tasks?done=gold")).build();
        } catch (Problem wrong) {
            return html(wrong.status(), Templates.task(views.gold(project, shown, wrong.detail())));
        }
    }

    @POST
    @Path("{id}/work")
    public Response removeGold(@RestPath String slug, @RestPath long id) {
        Project project = projects.require(slug);
        try {
            gold.remove(project, id);
            return Response.seeOther(URI.create("/projects/" + slug + "/tasks?done=work")).build();
        } catch (Problem wrong) {
            return html(wrong.status(), Templates.task(views.gold(project, gold.show(project, id), wrong.detail())));
        }
    }

    private TasksView page(
            Project project, TasksForm form, TaskFilter filter, Long after, TasksView.Done done, String problem) {
        List<TaskList.Row> rows = list.list(project, filter, after == null ? 0 : after, ROWS + 1);
        boolean more = rows.size() > ROWS;
        List<TaskList.Row> shown = more ? rows.subList(0, ROWS) : rows;
        return new TasksView(
                ProjectHead.of(project),
                form,
                shown,
                list.count(project, filter),
                list.count(project, TaskFilter.ALL),
                list.tags(project),
                more ? form.query() + "after=" + shown.get(ROWS - 1).id() : null,
                routing.settings(project),
                calibrations.standings(project),
                done,
                problem);
    }

    private static Response html(int status, TemplateInstance template) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8")).entity(template.render())
                .build();
    }
}
