package dev.ratchet.registry;

import dev.ratchet.lm.LanguageModel;
import dev.ratchet.tensor.ComputeType;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Policies in memory, shared by all who generate with them; the one that was not used for longest makes room for
 * another.
 */
@ApplicationScoped
public class LoadedModels {
    @Inject
    Versions versions;

    /** Most policies that stay in memory without being used. */
    @ConfigProperty(name = "ratchet.models.loaded", defaultValue = "4")
    int capacity;

    private final Map<Long, Entry> entries = new HashMap<>();
    private long uses;

    /** The use of a loaded policy: it stays in memory until this is closed. */
    public final class Lease implements AutoCloseable {
        private final Entry entry;
        private final LanguageModel model;
        private boolean closed;

        private Lease(Entry entry, LanguageModel model) {
            this.entry = entry;
            this.model = model;
        }

        public LanguageModel model() {
            return model;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(entry);
            }
        }
    }

    /**
     * Opens a policy, loading it if it is not in memory.
     *
     * @throws dev.ratchet.platform.Problem 500 {@code artefact-damaged} if a file of it was changed
     */
    public Lease open(ModelVersion version) {
        Entry entry = use(version.id);
        try {
            return new Lease(entry, entry.load(version));
        } catch (RuntimeException e) {
            synchronized (this) {
                entries.remove(version.id, entry);
                entry.users--;
            }
            throw e;
        }
    }

    private synchronized Entry use(long versionId) {
        Entry entry = entries.computeIfAbsent(versionId, id -> new Entry());
        entry.users++;
        entry.lastUse = ++uses;
        while (entries.size() > capacity) {
            Map.Entry<Long, Entry> oldest = entries.entrySet().stream()
                    .min(Comparator.comparingLong(candidate -> candidate.getValue().lastUse))
                    .orElseThrow();
            entries.remove(oldest.getKey());
            oldest.getValue().retire();
        }
        return entry;
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        entry.closeIfDone();
    }

    @PreDestroy
    synchronized void close() {
        entries.values().forEach(Entry::retire);
        entries.clear();
    }

    /** A policy that is loaded, or about to be; guarded by the bean but for loading, which has its own lock. */
    private final class Entry {
        int users;
        long lastUse;
        boolean retired;
        volatile LanguageModel model;

        synchronized LanguageModel load(ModelVersion version) {
            if (model == null) {
                model = LanguageModel.load(versions.open(version), ComputeType.FLOAT32);
            }
            return model;
        }

        void retire() {
            retired = true;
            closeIfDone();
        }

        void closeIfDone() {
            if (retired && users == 0 && model != null) {
                model.close();
            }
        }
    }
}
