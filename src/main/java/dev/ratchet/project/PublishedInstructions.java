package dev.ratchet.project;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ratchet.platform.Markdown;
import dev.ratchet.question.Questions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.RawString;
import jakarta.enterprise.context.ApplicationScoped;

/** Instructions as reviewers see them; those of late are kept in memory, for a version never changes. */
@ApplicationScoped
public class PublishedInstructions {
    private static final int MOST = 1_000;

    private final Markdown markdown;
    private final Cache<Instructions.Key, Published> known = Caffeine.newBuilder().maximumSize(MOST).build();

    PublishedInstructions(Markdown markdown) {
        this.markdown = markdown;
    }

    /**
     * One version.
     *
     * @param guidelines as HTML that is safe to show
     */
    public record Published(int version, RawString guidelines, Questions questions) {}

    /** A version of a project that was committed, as those are that assignments and ratings name. */
    public Published of(long project, int version) {
        return known.get(new Instructions.Key(project, version), this::read);
    }

    private Published read(Instructions.Key key) {
        Instructions found = QuarkusTransaction.joiningExisting()
                .call(() -> Instructions.of(key.projectId(), key.version()));
        return new Published(found.version, markdown.render(found.guidelines), found.questions);
    }
}
