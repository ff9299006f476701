package dev.ratchet.task;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ratchet.platform.Language;
import dev.ratchet.question.Question;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The buttons that send a preference, as HTML. They are a third of what the page of a task says and the same for every
 * task, so they are made once for each question and language.
 */
@ApplicationScoped
class ScaleButtons {
    private static final int MOST_KEPT = 1_000;

    private final Language language;
    private final Cache<Key, RawString> known = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ScaleButtons(Language language) {
        this.language = language;
    }

    /** The type-safe template of the buttons. */
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance buttons(QuestionView question);
    }

    /** The buttons of a preference question in the language of who looks. */
    RawString of(QuestionView question) {
        return known.get(new Key(question.question(), language.getTag()),
                key -> new RawString(Templates.buttons(question).render()));
    }

    private record Key(Question question, String language) {}
}
