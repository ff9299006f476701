package dev.ratchet.security;

import dev.ratchet.platform.Page;
import dev.ratchet.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** All accounts, for administrators: to make, to change, to shut. */
@Path("/accounts")
@RolesAllowed(Role.ADMINISTRATOR)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AccountsPage {
    private static final int ROWS = 100;

    /** The type-safe template. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance accounts(AccountView.All view);
    }

    @Inject
    Accounts accounts;

    @Inject
    Secrets secrets;

    @Inject
    CurrentAccount account;

    @Inject
    AccountMessages words;

    @GET
    public Response list(@RestQuery long after) {
        return page(200, after, new Told(null, null, null, null));
    }

    @POST
    public Response create(@RestForm String login, @RestForm String name, @RestForm String role) {
        return act(() -> {
            String password = secrets.freshPassword();
            Account made = accounts.create(new NewAccount(login, name, password, role));
            return new Told(password, made.displayName, null, null);
        });
    }

    @POST
    @Path("{id}/role")
    public Response changeRole(long id, @RestForm String role) {
        return act(() -> {
            Account changed = accounts.changeRole(id, role);
            return new Told(null, null, words.roleChanged(changed.displayName, changed.role), null);
        });
    }

    @POST
    @Path("{id}/disable")
    public Response disable(long id) {
        return act(() -> new Told(null, null, words.disabled(accounts.disable(id).displayName), null));
    }

    @POST
    @Path("{id}/enable")
    public Response enable(long id) {
        return act(() -> new Told(null, null, words.enabled(accounts.enable(id).displayName), null));
    }

    @POST
    @Path("{id}/password")
    public Response resetPassword(long id) {
        return act(() -> new Told(accounts.resetPassword(id), accounts.require(id).displayName, null, null));
    }

    /** Something that an administrator does. */
    @FunctionalInterface
    private interface Act {
        Told done();
    }

    /** What the page tells of it. */
    private record Told(String password, String whose, String done, String problem) {}

    /** A password must not be shown again by a reload's redirect: the answer to the post is the page. */
    private Response act(Act act) {
        try {
            return page(200, 0, act.done());
        } catch (Problem problem) {
            return page(problem.status(), 0, new Told(null, null, null, problem.title() + ". " + problem.detail()));
        }
    }

    private Response page(int status, long after, Told told) {
        long me = account.get().id;
        Page<Account> part = Page.of(accounts.list(after, ROWS + 1), ROWS, found -> found.id);
        AccountView.All view = new AccountView.All(
                part.items().stream().map(found -> new AccountView.Row(found.id, found.login, found.displayName,
                        found.role, found.createdAt, found.disabledAt != null, found.id == me)).toList(),
                part.next(), Role.upTo(Role.ADMINISTRATOR), told.password(), told.whose(), told.done(), told.problem());
        return Response.status(status).type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", "no-store").entity(Templates.accounts(view).render()).build();
    }
}
