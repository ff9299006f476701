package dev.ratchet.task;

import dev.ratchet.platform.Language;
import dev.ratchet.platform.Problem;
import jakarta.inject.Singleton;

/** Says in the reviewer's language what the rating page could not do. */
@Singleton
class Refusals {
    private final Language language;

    Refusals(Language language) {
        this.language = language;
    }

    /** A problem in words for people; one that no form of the page can run into keeps its own. */
    RatingView.Notice notice(Problem problem) {
        RefusalMessages words = language.messages(RefusalMessages.class);
        return switch (problem.type()) {
            case "lease-expired" -> new RatingView.Notice(words.leaseExpired(), words.leaseExpiredDetail());
            case "already-rated" -> new RatingView.Notice(words.alreadyRated(), words.alreadyRatedDetail());
            case "lease-closed" -> new RatingView.Notice(words.leaseClosed(), words.leaseClosedDetail());
            case "not-leased" -> new RatingView.Notice(words.notLeased(), words.notLeasedDetail());
            case "rating-id-taken" -> new RatingView.Notice(words.ratingIdTaken(), words.ratingIdTakenDetail());
            case "undo-stale" -> new RatingView.Notice(words.undoStale(), words.undoStaleDetail());
            case "nothing-to-undo" -> new RatingView.Notice(words.nothingToUndo(), words.nothingToUndoDetail());
            case "invalid-answers" ->
                    new RatingView.Notice(words.invalidAnswers(), words.invalidAnswersDetail(problem.detail()));
            case "invalid-reason" -> new RatingView.Notice(words.invalidReason(), words.invalidReasonDetail());
            case "unreadable-form" -> new RatingView.Notice(words.unreadableForm(), words.unreadableFormDetail());
            case "wrong-responses" -> new RatingView.Notice(words.wrongResponses(), words.wrongResponsesDetail());
            default -> new RatingView.Notice(problem.title(), problem.detail());
        };
    }
}
