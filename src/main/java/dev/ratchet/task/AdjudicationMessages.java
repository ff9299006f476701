package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page on which leads settle what reviewers disagree on. */
@MessageBundle("settle")
public interface AdjudicationMessages {
    @Message("Disagreements")
    String title();

    @Message("{count} wait for a lead. What you answer decides the pair; the ratings stay on record.")
    String lead(long count);

    @Message("Task {id}")
    String task(long id);

    @Message("Prompt")
    String prompt();

    @Message("What was said")
    String said();

    @Message("you")
    String you();

    @Message("Time")
    String time();

    @Message("Questions of version {version}")
    String older(int version);

    @Message("Retract …")
    String retract();

    @Message("Retract the rating of {name}")
    String retractOf(String name);

    @Message("Your decision")
    String yours();

    @Message("Why, for the record")
    String reason();

    @Message("Settle")
    String settle();

    @Message("Leave it as rated")
    String dismiss();

    @Message("Next")
    String next();

    @Message("Answer with the number keys, then Enter. Leaving it as rated takes it out of this list: its ratings go "
            + "on deciding.")
    String keys();

    @Message("Say why, for the record; Enter or Esc leaves it")
    String keyReason();

    @Message("Settle and go on, or say what is missing")
    String keySettle();

    @Message("Look at the next task first")
    String keyNext();

    @Message("Take back what was decided just now")
    String keyUndo();

    @Message("Nothing waits for you")
    String none();

    @Message("When all have rated a task and do not agree, it comes here: they prefer opposite answers, lie three "
            + "steps apart, or one says that both are bad where another has a clear preference.")
    String noneLead();

    @Message("Rate tasks")
    String rate();

    @Message("Decided")
    String decided();

    @Message("as rated")
    String asRated();

    @Message("Take back")
    String reopen();

    @Message("Take back the decision on task {id}")
    String reopenOf(long id);

    @Message("Decided: task {id}.")
    String done(long id);

    @Message("This task is decided: what you answer now replaces it.")
    String again();
}
