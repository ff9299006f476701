package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The pages of a project's tasks. */
@MessageBundle("tasks")
public interface TasksMessages {
    @Message("Tasks")
    String title();

    @Message("Tasks of {project}")
    String titleOf(String project);

    @Message("Who is given what, and which answers are known to be right.")
    String lead();

    @Message("Projects")
    String projects();

    @Message("{count} changed. A task that somebody has open stays with them.")
    String changed(String count);

    @Message("The queue is mixed so from now on.")
    String mixed();

    @Message("The reviewer can work now.")
    String let();

    @Message("The right answers are stored: the task is a check now.")
    String goldStored();

    @Message("The task is one to rate again.")
    String workAgain();

    @Message("Nothing was changed")
    String nothingChanged();

    @Message("No tasks yet")
    String none();

    @Message("Tasks are made of a prompt and answers to it. Import prompts first; then let the model answer, or send "
            + "tasks by the API.")
    String noneHelp();

    @Message("Go to the prompts")
    String toPrompts();

    @Message("No task fits the filter")
    String noneFound();

    @Message("Show all tasks")
    String showAll();

    @Message("Filter")
    String filter();

    @Message("In the prompt")
    String inPrompt();

    @Message("Tag")
    String tag();

    @Message("Any")
    String any();

    @Message("Status")
    String status();

    @Message("open")
    String open();

    @Message("complete")
    String complete();

    @Message("For")
    String purpose();

    @Message("work")
    String rating();

    @Message("gold")
    String gold();

    @Message("calibration")
    String calibration();

    @Message("Assigned")
    String assigned();

    @Message("to somebody")
    String assignedYes();

    @Message("to nobody")
    String assignedNo();

    @Message("Show")
    String show();

    @Message("{found} of {total} tasks")
    String found(String found, String total);

    @Message("Prompt")
    String prompt();

    @Message("Ratings")
    String ratings();

    @Message("Priority")
    String priority();

    @Message("Goes to")
    String goesTo();

    @Message("everybody")
    String everybody();

    @Message("nobody: its group is gone")
    String lost();

    @Message("Choose task {id}")
    String choose(long id);

    @Message("Right answers")
    String rightAnswers();

    @Message("Change tasks")
    String change();

    @Message("Which")
    String which();

    @Message("Those that are ticked")
    String ticked();

    @Message("All {count} that the filter finds")
    String allFound(String count);

    @Message("What")
    String what();

    @Message("Priority: a number, higher comes first")
    String whatPriority();

    @Message("Overlap: how many people rate it")
    String whatOverlap();

    @Message("Tags: words that its reviewers must have")
    String whatTags();

    @Message("Goes to people: their logins")
    String whatAccounts();

    @Message("Goes to groups: their names, with commas between")
    String whatGroups();

    @Message("Goes to everybody")
    String whatEverybody();

    @Message("To")
    String value();

    @Message("Change")
    String doChange();

    @Message("Next tasks")
    String next();

    @Message("How the queue is mixed")
    String mix();

    @Message("Gold, in percent")
    String goldPercent();

    @Message("0 to 50. So much of what a reviewer is given is a check, at random; it looks like any other task and "
            + "makes no training pair.")
    String goldPercentHelp();

    @Message("Tell the reviewer after a gold task what was expected")
    String goldFeedback();

    @Message("Calibration tasks")
    String calibrationTasks();

    @Message("A new reviewer answers so many first; 0 for none. Make them below: open a task and give its right "
            + "answers.")
    String calibrationTasksHelp();

    @Message("Right answers that open real work, in percent")
    String calibrationPercent();

    @Message("Taken at random, in percent")
    String randomPercent();

    @Message("Of the tasks that reward models scored: the rest comes in the order in which the models disagree or are "
            + "unsure.")
    String randomPercentHelp();

    @Message("Save")
    String save();

    @Message("Calibration round")
    String round();

    @Message("Reviewer")
    String reviewer();

    @Message("Attempt")
    String attempt();

    @Message("Right")
    String right();

    @Message("passed")
    String passed();

    @Message("failed")
    String failed();

    @Message("running")
    String running();

    @Message("let through by {lead}")
    String letBy(String lead);

    @Message("Let through")
    String letThrough();

    @Message("Let {name} through")
    String letNameThrough(String name);

    @Message("Task {id}")
    String task(long id);

    @Message("Say which answers are right: the task becomes a check. Texts, rewrites and marks are not judged.")
    String taskHelp();

    @Message("Why are they right?")
    String explanation();

    @Message("Optional. Reviewers who are told what was expected read it.")
    String explanationHelp();

    @Message("Use it for")
    String useFor();

    @Message("Gold: mixed into everybody's work")
    String useGold();

    @Message("Calibration: a new reviewer's first round")
    String useCalibration();

    @Message("Store the right answers")
    String store();

    @Message("Make it a task to rate again")
    String makeWork();

    @Message("Back to the tasks")
    String back();
}
