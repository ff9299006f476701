package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.ratchet.platform.TestServers;
import dev.ratchet.project.Project;
import dev.ratchet.question.Recipe;
import dev.ratchet.security.Account;
import dev.ratchet.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No page keeps anybody out: axe finds nothing serious, in light and in dark, and nothing is lost at 200% zoom. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class AccessibilityTest {
    private static final List<String> SERIOUS = List.of("serious", "critical");
    /** Parts that scripts put into a page, and addresses that lead to another page. */
    private static final List<String> PARTS = List.of("/", "/login", "/invitations/[^/]+/join", "/projects/[^/]+/loop",
            "/projects/[^/]+/export/file", "/projects/[^/]+/import/[^/]+/status",
            "/projects/[^/]+/quality/slow", "/projects/[^/]+/runs/table", "/runs/[^/]+/status");

    @Inject
    PageFixture fixture;

    @Inject
    EveryPage every;

    @TestHTTPResource
    String address;

    @Test
    void theRatingPageAndItsQuestionsHaveNoSeriousFinding() {
        Account lead = fixture.account("Lena Lead", Role.LEAD);
        Project rewritten = fixture.projectAsking(Recipe.REWRITE_AND_SPANS.questions(), 3, 1);
        assertThat(findings(lead, List.of("projects/" + rewritten.slug + "/rate"))).isEmpty();
    }

    @Test
    void thePagesOfATeamAndOfAnAccountHaveNoSeriousFinding() {
        Account administrator = fixture.account("Ada", Role.ADMINISTRATOR);
        Project project = fixture.teamProject("Customer support", administrator);
        String at = "projects/" + project.slug;
        assertThat(findings(administrator, List.of(at + "/team", at + "/team/audit", "accounts/audit",
                at + "/team/" + administrator.id, at + "/me",
                "account", "accounts", "invitations/nothing"))).isEmpty();
    }

    @Test
    @Tag("slow")
    void noPageHasASeriousFindingOrIsWiderThanAPhoneOrAZoomedScreen() {
        Account administrator = fixture.account("Lena Lead", Role.ADMINISTRATOR);
        Map<String, String> pages = every.ofAdministrator(administrator);
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Map<String, String> own = every.ofReviewer(reviewer);
        assertThat(addresses().stream().filter(address ->
                Stream.of(pages, own).flatMap(some -> some.values().stream())
                        .noneMatch(path -> ("/" + path.replaceFirst("\\?.*", "")).matches(address))))
                .as("Pages that EveryPage lacks").isEmpty();
        List<String> found = new ArrayList<>(findings(administrator, List.copyOf(pages.values())));
        found.addAll(findings(reviewer, List.copyOf(own.values())));
        assertThat(found).isEmpty();
    }

    /** The addresses of all pages in the application, as patterns; parts that a page asks for are none. */
    private static Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        for (ClassInfo type : classes().getKnownClasses()) {
            AnnotationInstance path = type.declaredAnnotation(Path.class);
            if (path != null) {
                type.methods().stream()
                        .filter(method -> method.hasDeclaredAnnotation(GET.class) && isHtml(method))
                        .map(method -> path.value().asString() + "/" + (method.hasDeclaredAnnotation(Path.class)
                                ? method.declaredAnnotation(Path.class).value().asString() : ""))
                        .map(at -> at.replaceAll("/+", "/").replaceAll("(.)/$", "$1")
                                .replaceAll("\\{[^/]*\\}+", "[^/]+"))
                        .forEach(addresses::add);
            }
        }
        addresses.removeAll(PARTS);
        return addresses;
    }

    private static boolean isHtml(MethodInfo method) {
        AnnotationInstance types = method.hasDeclaredAnnotation(Produces.class)
                ? method.declaredAnnotation(Produces.class)
                : method.declaringClass().declaredAnnotation(Produces.class);
        return types != null && List.of(types.value().asStringArray()).contains(MediaType.TEXT_HTML);
    }

    private static Index classes() {
        var folder = java.nio.file.Path.of("target", "classes", "dev", "ratchet");
        try (Stream<java.nio.file.Path> files = Files.walk(folder)) {
            Indexer indexer = new Indexer();
            for (java.nio.file.Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    indexer.index(bytes);
                }
            }
            return indexer.complete();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void anAnswerFromRightToLeftIsShownSo() {
        Account reviewer = fixture.account("Rita Reviewer", Role.REVIEWER);
        Project project = fixture.projectWithAnswers("Arabic", "مرحبا", "أهلا وسهلا بك", "لا أعرف");
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newPage();
            signIn(page, reviewer);
            page.navigate(address + "projects/" + project.slug + "/rate");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('#answer-A .prose')).direction"))
                    .isEqualTo("rtl");
        }
    }

    private void signIn(Page page, Account account) {
        page.navigate(address + "login");
        page.getByLabel("Login").fill(account.login);
        page.getByLabel("Password").fill(PageFixture.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/queue");
    }

    /** What axe finds on pages in both themes, on a desktop and on a phone, and which of them are too wide. */
    private List<String> findings(Account account, List<String> pages) {
        List<String> found = new ArrayList<>();
        try (Chromium chromium = Chromium.start()) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                try (BrowserContext context = chromium.browser().newContext(
                        new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(scheme))) {
                    Page page = context.newPage();
                    page.navigate(address + "login");
                    found.addAll(findings(page, scheme + " login"));
                    signIn(page, account);
                    for (String path : pages) {
                        page.setViewportSize(1280, 800);
                        page.navigate(address + path);
                        page.waitForTimeout(200);
                        found.addAll(findings(page, scheme + " " + path));
                        // What a window of 1280 pixels shows at 200% zoom.
                        page.setViewportSize(640, 400);
                        found.addAll(tooWide(page, scheme + " " + path + " at 200% zoom"));
                        page.setViewportSize(390, 844);
                        found.addAll(tooWide(page, scheme + " " + path + " on a phone"));
                        found.addAll(findings(page, scheme + " " + path + " on a phone"));
                    }
                }
            }
        }
        return found;
    }

    private static List<String> tooWide(Page page, String name) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth")
                ? List.of(name + " is wider than the screen") : List.of();
    }

    private static List<String> findings(Page page, String name) {
        return new AxeBuilder(page).setLegacyMode(true).analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(rule -> name + ": " + rule.getId() + " " + nodes(rule)).toList();
    }

    private static String nodes(Rule rule) {
        return rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList().toString();
    }
}
