package dev.ratchet.team;

import dev.ratchet.platform.Problem;
import dev.ratchet.project.Project;
import dev.ratchet.security.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Notes of leads to reviewers. */
@ApplicationScoped
public class Notes {
    private static final int LONGEST = 4_000;
    private static final int MOST = 200;

    private final Clock clock;

    Notes(Clock clock) {
        this.clock = clock;
    }

    /**
     * A note.
     *
     * @param author display name of the lead
     * @param readAt null until its reviewer says that it was read
     */
    public record Note(long id, String author, String text, Instant createdAt, Instant readAt) {
        static Note of(ReviewerNote note) {
            return new Note(note.id, Account.<Account>findById(note.authorId).displayName, note.text, note.createdAt,
                    note.readAt);
        }
    }

    /** The reviewer's newest notes in a project, newest first. */
    @Transactional
    public List<Note> list(Project project, long account) {
        return ReviewerNote.of(project.id, account, MOST).stream().map(Note::of).toList();
    }

    /** @throws Problem 422 if there is no text, or too much */
    @Transactional
    public Note write(Project project, Account author, long account, String text) {
        String said = text == null ? "" : text.replace("\r\n", "\n").strip();
        if (said.isEmpty() || said.length() > LONGEST || said.indexOf('\0') >= 0) {
            throw Problem.unprocessable("invalid-note", "The note cannot be sent",
                    "Write 1 to " + LONGEST + " characters of text.");
        }
        ReviewerNote note = new ReviewerNote();
        note.projectId = project.id;
        note.accountId = account;
        note.authorId = author.id;
        note.text = said;
        note.createdAt = clock.instant();
        note.persistAndFlush();
        return Note.of(note);
    }

    /** @throws Problem 404 if the reviewer has no such note in the project */
    @Transactional
    public Note markRead(Project project, Account reader, long id) {
        ReviewerNote note = ReviewerNote.<ReviewerNote>find(
                        "id = ?1 and projectId = ?2 and accountId = ?3", id, project.id, reader.id)
                .firstResultOptional()
                .orElseThrow(() -> Problem.notFound("no-such-note", "There is no such note",
                        "You have no note " + id + " in this project."));
        if (note.readAt == null) {
            note.readAt = clock.instant();
        }
        return Note.of(note);
    }
}
