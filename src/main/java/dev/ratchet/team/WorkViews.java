package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Member;
import dev.ratchet.project.Project;
import dev.ratchet.project.ProjectHead;
import dev.ratchet.security.Account;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Makes a reviewer's page, for the reviewer and for leads. */
@ApplicationScoped
class WorkViews {

    /** The type-safe template. */
    @CheckedTemplate(basePath = "WorkPage")
    static class Templates {
        static native TemplateInstance work(WorkView view);
    }

    private final WorkFigures figures;
    private final Notes notes;

    WorkViews(WorkFigures figures, Notes notes) {
        this.figures = figures;
        this.notes = notes;
    }

    Response page(int status, Project project, Account whose, boolean own, String done, String problem, String draft) {
        WorkView view = new WorkView(ProjectHead.of(project), own, whose.id, whose.displayName,
                figures.of(project, whose.id), notes.list(project, whose.id), done, problem, draft);
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store").entity(Templates.work(view).render()).build();
    }

    /**
     * Somebody of whose work a lead of the project may ask: a member, or who rated in it.
     *
     * @throws Problem 404 for anybody else
     */
    @Transactional
    Account reviewer(Project project, long id) {
        Account account = Account.findById(id);
        boolean known = account != null && (Member.find(project.id, id).isPresent()
                || figures.hasRated(project.id, id));
        if (!known) {
            throw Problem.notFound("no-such-member", "There is no such member",
                    "The team has no account " + id + ", and it rated nothing here.");
        }
        return account;
    }
}
