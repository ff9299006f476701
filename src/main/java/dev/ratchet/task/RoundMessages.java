package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What a reviewer is told of tasks whose right answers are known. */
@MessageBundle("round")
public interface RoundMessages {
    @Message("Prompt")
    String prompt();

    @Message("First, some tasks whose answers are known")
    String running();

    @Message("You have done {done} of {tasks}. Real work opens when {needed}% of the answers are right.")
    String runningHelp(long done, long tasks, long needed);

    @Message("The round was not passed yet")
    String failed();

    @Message("{accuracy}% of your answers were as expected, and {needed}% are needed. Below is what was expected.")
    String failedHelp(long accuracy, long needed);

    @Message("You have seen all tasks of the round. Ask a lead of the project to let you through.")
    String askLead();

    @Message("See what was expected")
    String see();

    @Message("Try again with other tasks")
    String retry();

    @Message("You said")
    String youSaid();

    @Message("Expected")
    String expected();

    @Message("Why")
    String why();

    @Message("That was a check, and you were right.")
    String feedbackRight();

    @Message("That was a check. Expected: {expected}.")
    String feedbackWrong(String expected);
}
