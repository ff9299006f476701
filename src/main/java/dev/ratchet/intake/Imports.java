package dev.ratchet.intake;

import dev.ratchet.intake.format.Mapping;
import dev.ratchet.platform.DataFolder;
import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import dev.ratchet.security.AuditAction;
import dev.ratchet.security.AuditTrail;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Receives files in parts, and says what is to become of them. */
@ApplicationScoped
public class Imports {
    private static final int LONGEST_NAME = 200;

    private final DataFolder data;
    private final IntakeConfig config;
    private final Clock clock;
    private final AuditTrail trail;
    /** Imports of which a part is being received here. */
    private final Set<Long> receiving = ConcurrentHashMap.newKeySet();

    Imports(DataFolder data, IntakeConfig config, Clock clock, AuditTrail trail) {
        this.data = data;
        this.config = config;
        this.clock = clock;
        this.trail = trail;
    }

    /**
     * Begins an import.
     *
     * @param size bytes of the whole file
     * @throws Problem 422 if the name or the size cannot be
     */
    @Transactional
    public ImportJob begin(Project project, Account account, String name, long size) {
        String kept = name == null ? "" : name.strip();
        kept = kept.substring(Math.max(kept.lastIndexOf('/'), kept.lastIndexOf('\\')) + 1);
        if (kept.isEmpty() || kept.length() > LONGEST_NAME || kept.chars().anyMatch(Character::isISOControl)) {
            throw invalid("name must be a file's name of 1 to " + LONGEST_NAME + " characters.");
        }
        if (size < 1) {
            throw invalid("The file is empty: choose one with rows.");
        }
        if (size > config.maxSize().asLongValue()) {
            throw new Problem(413, "file-too-large", "The file is too large", "It has " + size + " bytes, and "
                    + config.maxSize().asLongValue() + " may come in (ratchet.import.max-size): pack it with gzip, or"
                    + " cut it.");
        }
        ImportJob job = new ImportJob();
        job.projectId = project.id;
        job.accountId = account.id;
        job.name = kept;
        job.path = UUID.randomUUID() + ".part";
        job.size = size;
        job.status = ImportStatus.RECEIVING;
        job.createdAt = clock.instant();
        job.persist();
        return job;
    }

    /**
     * Receives the next part of a file; what came before a broken connection stays.
     *
     * @param offset where the part begins: what was received before
     * @throws Problem 409 if the part does not follow what was received; 422 if it is too long
     */
    public ImportJob append(ImportJob job, long offset, InputStream part) {
        if (!receiving.add(job.id)) {
            throw Problem.conflict("part-in-flight", "Another part is being received",
                    "Send one part after the other; ask for the import to see what has been received.");
        }
        try {
            ImportJob now = get(job.projectId, job.id);
            if (!now.status.equals(ImportStatus.RECEIVING) || now.received != offset) {
                throw Problem.conflict("wrong-offset", "The part does not follow what was received",
                        "Upload-Offset is " + offset + ", and " + now.received + " of " + now.size
                                + " bytes have been received: go on from there.");
            }
            long received = write(now, part);
            if (received > now.size) {
                throw invalid("More bytes came than the " + now.size + " that were announced: nothing of this part"
                        + " was kept.");
            }
            return advance(now, received);
        } finally {
            receiving.remove(job.id);
        }
    }

    /** Gives how many bytes the file has then; those beyond its size are not written. */
    private long write(ImportJob job, InputStream part) {
        long at = job.received;
        try (FileChannel file = FileChannel.open(data.imports().resolve(job.path), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
                    if (at + read > job.size) {
                        return at + read;
                    }
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                    while (bytes.hasRemaining()) {
                        at += file.write(bytes, at);
                    }
                }
            } catch (IOException broken) {
                file.force(true);
                long kept = at;
                QuarkusTransaction.requiringNew().run(() -> advance(job, kept));
                throw Problem.badRequest("connection-broke", "The part broke off",
                        kept + " of " + job.size + " bytes have been received: go on from there.");
            }
            file.force(true);
            return at;
        } catch (IOException failure) {
            throw new Problem(507, "disk-failed", "The file cannot be kept",
                    "The disk refused it: " + failure.getMessage());
        }
    }

    private ImportJob advance(ImportJob job, long received) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            ImportJob.update("received = ?1, status = ?2 where id = ?3 and received = ?4", received,
                    received == job.size ? ImportStatus.CHECKING : ImportStatus.RECEIVING, job.id, job.received);
            return get(job.projectId, job.id);
        });
    }

    /** @throws Problem 404 if the project has no such import */
    @Transactional
    public ImportJob get(long projectId, long id) {
        ImportJob job = ImportJob.<ImportJob>find("id = ?1 and projectId = ?2", id, projectId).firstResult();
        if (job == null) {
            throw Problem.notFound("unknown-import", "There is no such import",
                    "This project has no import " + id + ": its imports are listed.");
        }
        ImportJob.getEntityManager().refresh(job);
        return job;
    }

    /** Imports, the newest first, before an id. */
    @Transactional
    public List<ImportJob> list(Project project, long before, int limit) {
        return ImportJob.find("projectId = ?1 and id < ?2 order by id desc", project.id, before)
                .page(Page.ofSize(limit)).list();
    }

    /**
     * Reads the file in another way: it is looked through again.
     *
     * @throws Problem 409 unless its preview can be seen; 422 if it cannot be read so
     */
    @Transactional
    public ImportJob map(ImportJob job, Mapping mapping) {
        if (mapping.fault() != null) {
            throw Problem.unprocessable("invalid-mapping", "The file cannot be read so", mapping.fault());
        }
        int changed = ImportJob.update(
                "status = ?1, mapping = ?2, touchedAt = null, rows = 0, error = null"
                        + " where id = ?3 and (status = ?4 or status = ?5 and startedAt is null)",
                ImportStatus.CHECKING, mapping, job.id, ImportStatus.READY, ImportStatus.FAILED);
        if (changed == 0) {
            throw wrongStatus(job, "its mapping can be changed while its preview is shown");
        }
        return get(job.projectId, job.id);
    }

    /**
     * Starts an import, or lets one that failed go on from where it stopped.
     *
     * @throws Problem 409 if it is not ready
     */
    @Transactional
    public ImportJob start(ImportJob job) {
        ImportJob now = get(job.projectId, job.id);
        boolean again = now.status.equals(ImportStatus.FAILED) && now.startedAt != null;
        if (!again && !now.status.equals(ImportStatus.READY)) {
            throw wrongStatus(now, "it starts when it is ready");
        }
        if (now.mapping.fault() != null) {
            throw Problem.unprocessable("invalid-mapping", "The file cannot be read so", now.mapping.fault());
        }
        if (!again && now.preview.accepted() == 0) {
            throw Problem.unprocessable("nothing-to-import", "No row can be used",
                    "Every row is rejected: choose another format or other columns, or mend the file.");
        }
        now.status = ImportStatus.IMPORTING;
        now.startedAt = again ? now.startedAt : clock.instant();
        now.touchedAt = null;
        now.error = null;
        return now;
    }

    /**
     * Takes an import back: what nothing uses of it is removed by and by, what is in use stays and is counted.
     *
     * @throws Problem 409 unless it took something in and is not at work
     */
    @Transactional
    public ImportJob undo(ImportJob job) {
        ImportJob now = get(job.projectId, job.id);
        boolean stands = now.status.equals(ImportStatus.DONE) || now.status.equals(ImportStatus.UNDONE)
                || now.status.equals(ImportStatus.FAILED);
        if (!stands || now.startedAt == null) {
            throw wrongStatus(now, "what it took in can be removed when it is done");
        }
        now.status = ImportStatus.UNDOING;
        now.finishedAt = now.finishedAt == null ? clock.instant() : now.finishedAt;
        now.touchedAt = null;
        now.error = null;
        trail.record(AuditAction.IMPORT_UNDONE, job.projectId, null, Map.of("import", job.id));
        return now;
    }

    /**
     * Removes an import's file. One that has taken nothing in is discarded; of another its record stays.
     *
     * @throws Problem 409 while it is at work
     */
    @Transactional
    public ImportJob discard(ImportJob job) {
        ImportJob now = get(job.projectId, job.id);
        if (now.status.equals(ImportStatus.IMPORTING) || now.status.equals(ImportStatus.UNDOING)) {
            throw wrongStatus(now, "it cannot be removed while it is at work");
        }
        try {
            Files.deleteIfExists(data.imports().resolve(now.path));
        } catch (IOException failure) {
            throw new Problem(507, "disk-failed", "The file cannot be removed", String.valueOf(failure.getMessage()));
        }
        if (now.startedAt == null) {
            now.status = ImportStatus.DISCARDED;
        } else if (now.status.equals(ImportStatus.FAILED)) {
            now.status = ImportStatus.DONE;
            now.finishedAt = clock.instant();
        }
        return now;
    }

    private static Problem wrongStatus(ImportJob job, String rule) {
        return Problem.conflict("wrong-import-status", "The import does not stand there",
                "Import " + job.id + " is " + job.status + ", and " + rule + ".");
    }

    private static Problem invalid(String detail) {
        return Problem.unprocessable("invalid-import", "The file cannot come in", detail);
    }
}
