package dev.ratchet.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class LanguageTest {
    @ConfigProperty(name = "quarkus.locales")
    List<String> languages;

    @Test
    void speaksTheFirstLanguageThatTheBrowserAsksForAndThereIs() {
        Document page = signIn("fr-CH, de-AT;q=0.9, en;q=0.8");
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("de");
        assertThat(page.selectFirst("html").attr("dir")).isEqualTo("ltr");
        assertThat(page.selectFirst("h1").text()).isEqualTo("Bei Ratchet anmelden");
    }

    @Test
    void aLanguageThatIsReadFromRightToLeftTurnsThePageRound() {
        Document page = signIn("ar");
        assertThat(page.selectFirst("html").attr("dir")).isEqualTo("rtl");
        assertThat(page.selectFirst("h1").text()).isEqualTo("تسجيل الدخول إلى راتشيت");
    }

    @Test
    void speaksEnglishWhereNothingIsAskedForOrNothingThatThereIsOrThatCanBeRead() {
        for (String asked : List.of("", "fr", "*", "de_DE_")) {
            assertThat(signIn(asked).selectFirst("h1").text()).as(asked).isEqualTo("Sign in to Ratchet");
        }
    }

    @Test
    void everyTranslationHasEveryTextOfItsBundleAndNoOther() throws IOException {
        for (Class<?> bundle : translated()) {
            Set<String> texts = Arrays.stream(bundle.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Message.class))
                    .map(java.lang.reflect.Method::getName)
                    .collect(Collectors.toSet());
            for (String language : languages) {
                if (!language.equals("en")) {
                    assertThat(texts(bundle, language)).as(bundle.getSimpleName() + " in " + language)
                            .containsExactlyInAnyOrderElementsOf(texts);
                }
            }
        }
    }

    private static Set<String> texts(Class<?> bundle, String language) throws IOException {
        String file = "/messages/%s_%s.properties".formatted(
                bundle.getAnnotation(MessageBundle.class).value(), language);
        try (InputStream stream = LanguageTest.class.getResourceAsStream(file)) {
            assertThat(stream).as(file).isNotNull();
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                Properties texts = new Properties();
                texts.load(reader);
                return texts.stringPropertyNames();
            }
        }
    }

    /** The bundles of what reviewers see, which are translated; pages of leads are in English. */
    private static List<Class<?>> translated() {
        return Stream.of("platform.PageMessages", "security.SignInMessages", "task.RatingMessages", "task.QueueMessages",
                        "task.RoundMessages", "task.RefusalMessages")
                .<Class<?>>map(name -> {
                    try {
                        return Class.forName("dev.ratchet." + name);
                    } catch (ClassNotFoundException missing) {
                        throw new AssertionError(missing);
                    }
                })
                .toList();
    }

    private static Document signIn(String languages) {
        return Jsoup.parse(given().header("Accept-Language", languages).get("/login").then().statusCode(200)
                .extract().asString());
    }
}
