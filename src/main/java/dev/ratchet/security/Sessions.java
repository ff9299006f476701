package dev.ratchet.security;

import io.quarkus.vertx.http.runtime.FormAuthConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * What a session cookie names: an account, and how often its sessions had been ended when this one began. A cookie that
 * names another number than the account has now is of a session that ended.
 */
@ApplicationScoped
class Sessions {
    private static final String BETWEEN = ":";

    private final FormAuthConfig form;
    /** Empty where each start draws a key of its own, which only Quarkus knows. */
    private final Optional<PersistentLoginManager> cookies;

    Sessions(VertxHttpConfig config) {
        form = config.auth().form();
        cookies = config.encryptionKey().map(this::manager);
    }

    /** The name that a session of the account has now; no login has the character between its parts. */
    static String name(Account account) {
        return account.login + BETWEEN + account.sessionsEnded;
    }

    /** The login in a session's name. */
    static String login(String session) {
        int end = session.indexOf(BETWEEN);
        return end < 0 ? session : session.substring(0, end);
    }

    /** Lets the session of this request go on where all sessions of its account were just ended. */
    void renew(Account account, RoutingContext request) {
        if (request.request().getCookie(form.cookieName()) != null) {
            cookies.ifPresent(manager -> manager.save(
                    name(account), request, form.cookieName(), null, request.request().isSSL()));
        }
    }

    /** Takes the cookie of a session that ended back, so that the browser can reach the sign-in page without it. */
    void forget(RoutingContext request) {
        request.response().addCookie(Cookie.cookie(form.cookieName(), "").setMaxAge(0)
                .setPath(form.cookiePath().orElse(null)).setDomain(form.cookieDomain().orElse(null)));
    }

    private PersistentLoginManager manager(String key) {
        return new PersistentLoginManager(key, form.cookieName(), form.timeout().toMillis(),
                form.newCookieInterval().toMillis(), form.httpOnlyCookie(), form.cookieSameSite().name(),
                form.cookiePath().orElse(null), form.cookieMaxAge().map(Duration::toSeconds).orElse(-1L),
                form.cookieDomain().orElse(null));
    }
}
