package dev.ratchet.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.arc.Arc;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The language of who looks at a page: the first that their browser asks for and that there is a translation into,
 * otherwise the default. Every template is rendered in it.
 */
@ApplicationScoped
@Named("language")
public class Language {
    /** Scripts that are read from right to left, among those that people write on the web. */
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

    private static final int MOST_KNOWN = 1_000;

    private final CurrentVertxRequest request;
    private final List<Locale> translated;
    private final Locale standard;
    private final Map<Bundle, Object> bundles = new ConcurrentHashMap<>();
    /** What browsers asked for lately, read: each page asks some twenty times. */
    private final Cache<String, Locale> known = Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    Language(
            CurrentVertxRequest request,
            @ConfigProperty(name = "quarkus.locales") List<Locale> translated,
            @ConfigProperty(name = "quarkus.default-locale") Locale standard) {
        this.request = request;
        this.translated = translated;
        this.standard = standard;
    }

    void speak(@Observes EngineBuilder engine) {
        engine.addTemplateInstanceInitializer(template -> template.setLocale(locale()));
    }

    /** The language as a tag for {@code lang}: {@code en}, {@code de}. */
    public String getTag() {
        return locale().toLanguageTag();
    }

    /** {@code ltr} or {@code rtl}. */
    public String getDirection() {
        return RIGHT_TO_LEFT.contains(locale().getLanguage()) ? "rtl" : "ltr";
    }

    /** The messages of a bundle in the language. */
    public <T> T messages(Class<T> bundle) {
        return bundle.cast(bundles.computeIfAbsent(new Bundle(bundle, locale()), this::find));
    }

    private Object find(Bundle asked) {
        return asked.locale().equals(standard) ? MessageBundles.get(asked.texts())
                : MessageBundles.get(asked.texts(), Localized.Literal.of(asked.locale().toLanguageTag()));
    }

    /** Texts in a language: there are as many as bundles times translations. */
    private record Bundle(Class<?> texts, Locale locale) {}

    private Locale locale() {
        String asked = asked();
        if (asked == null) {
            return standard;
        }
        return known.get(asked, this::read);
    }

    private Locale read(String asked) {
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(asked), translated);
            return found == null ? standard : found;
        } catch (IllegalArgumentException unreadable) {
            return standard;
        }
    }

    /** What the browser asks for; null where nobody asks, as in a job of the server's own. */
    private String asked() {
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
            return null;
        }
        return request.getCurrent().request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
