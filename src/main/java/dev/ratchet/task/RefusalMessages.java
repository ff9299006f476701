package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Why the rating page did not do what a reviewer asked for; each problem has a title and what to do. */
@MessageBundle("refused")
public interface RefusalMessages {
    @Message("The lease ran out")
    String leaseExpired();

    @Message("Nothing was stored: the task went back to the queue. Below is the next one; it may be the same.")
    String leaseExpiredDetail();

    @Message("You rated this task already")
    String alreadyRated();

    @Message("Nothing was stored. Change your rating, or undo it, to change what you said.")
    String alreadyRatedDetail();

    @Message("You gave this task back")
    String leaseClosed();

    @Message("Nothing was stored. Below is your next task.")
    String leaseClosedDetail();

    @Message("The task is not yours")
    String notLeased();

    @Message("Nothing was stored. Below is your next task: rate that one.")
    String notLeasedDetail();

    @Message("The form was used for another rating")
    String ratingIdTaken();

    @Message("Nothing was stored. Reload the page and rate the task again.")
    String ratingIdTakenDetail();

    @Message("That is not your last rating any more")
    String undoStale();

    @Message("Nothing was changed: only the last rating can be undone. Change an earlier one on the page Queue.")
    String undoStaleDetail();

    @Message("There is nothing to undo")
    String nothingToUndo();

    @Message("The page showed no rating of yours in this project. Nothing was changed; rate the task below.")
    String nothingToUndoDetail();

    @Message("The answers are not valid")
    String invalidAnswers();

    @Message("Nothing was stored. {reason}")
    String invalidAnswersDetail(String reason);

    @Message("The reason is not valid")
    String invalidReason();

    @Message("Nothing was changed: a reason has at most 500 characters.")
    String invalidReasonDetail();

    @Message("The form cannot be read")
    String unreadableForm();

    @Message("Nothing was stored. Rate the task below.")
    String unreadableFormDetail();

    @Message("The page showed other answers")
    String wrongResponses();

    @Message("Nothing was stored. Rate the task below as it stands now.")
    String wrongResponsesDetail();
}
