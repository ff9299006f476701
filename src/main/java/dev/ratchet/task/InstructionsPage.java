package dev.ratchet.task;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Instructions;
import dev.ratchet.project.Project;
import dev.ratchet.project.Projects;
import dev.ratchet.question.Questions;
import dev.ratchet.question.Recipe;
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
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** What a project tells and asks its reviewers: to look at, to change with a live preview, and its versions. */
@Path("/projects/{slug}/instructions")
@RolesAllowed({Role.LEAD, Role.ADMINISTRATOR})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class InstructionsPage {
    private static final int LONGEST_GUIDELINES = 50_000;
    private static final int LONGEST_NOTE = 500;

    /** The type-safe template; changes in the form ask for the preview alone. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance instructions(InstructionsView view);

        static native TemplateInstance preview(InstructionsView.Preview preview);
    }

    @Inject
    Projects projects;

    @Inject
    InstructionsViews views;

    @Inject
    QuestionsText text;

    @Inject
    CurrentAccount account;

    /**
     * The page.
     *
     * @param from an earlier version to start a change from
     * @param recipe a recipe to start a change from
     * @param saved the version that was just saved
     */
    @GET
    public TemplateInstance show(String slug, @RestQuery Integer from, @RestQuery Optional<String> recipe,
            @RestQuery Integer saved) {
        Project project = projects.require(slug);
        String done = saved == null ? null : saved == project.instructionsVersion
                ? "Version " + saved + " holds now. Tasks that somebody has open keep the version before it."
                : "Saved.";
        return Templates.instructions(views.page(project,
                views.stored(project, from, recipe.flatMap(Recipe::of).orElse(null)), null, done));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Path("preview")
    public TemplateInstance preview(String slug, MultivaluedMap<String, String> fields) {
        return Templates.preview(views.preview(projects.require(slug), field(fields, "guidelines"),
                field(fields, "questions"), whole(field(fields, "responses")).orElse(null)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(String slug, MultivaluedMap<String, String> fields) {
        Project project = projects.require(slug);
        InstructionsViews.Filled form = new InstructionsViews.Filled(field(fields, "guidelines").replace("\r\n", "\n"),
                field(fields, "questions"), field(fields, "note").strip(), fields.containsKey("sensitive"));
        try {
            Questions questions = text.read(form.questions());
            QuestionsText.Fault fault = fault(form);
            if (fault != null) {
                return refused(422, project, form, fault);
            }
            int expected = whole(field(fields, "expectedVersion")).orElse(0);
            Instructions told = projects.revise(project, expected, form.guidelines(), questions, form.note(),
                    account.get().id);
            projects.markSensitive(project, form.sensitive());
            return Response.seeOther(URI.create("/projects/" + slug + "/instructions?saved=" + told.version)).build();
        } catch (QuestionsText.Unusable wrong) {
            return refused(422, project, form, wrong.fault());
        } catch (Problem problem) {
            return refused(problem.status(), project, form, new QuestionsText.Fault("version", problem.detail()));
        }
    }

    private static QuestionsText.Fault fault(InstructionsViews.Filled form) {
        if (form.guidelines().length() > LONGEST_GUIDELINES || form.guidelines().indexOf('\0') >= 0) {
            return new QuestionsText.Fault("guidelines", "The guidelines must be text of at most 50,000 characters.");
        }
        boolean noted = !form.note().isEmpty() && form.note().length() <= LONGEST_NOTE && form.note().indexOf('\0') < 0;
        return noted ? null : new QuestionsText.Fault("note",
                "Say in at most 500 characters what changes, for the record.");
    }

    private Response refused(int status, Project project, InstructionsViews.Filled form, QuestionsText.Fault fault) {
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.instructions(views.page(project, form, fault, null)).render()).build();
    }

    private static String field(MultivaluedMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private static Optional<Integer> whole(String value) {
        return value.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(value)) : Optional.empty();
    }
}
