package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The rating page and its questions, also what its scripts say. */
@MessageBundle("rate")
public interface RatingMessages {
    @Message("Rate {project}")
    String title(String project);

    @Message("Rate answers of {project}")
    String heading(String project);

    @Message("Task")
    String task();

    @Message("Tasks that you rated")
    String progress();

    @Message("Your draft is back")
    String draftIsBack();

    @Message("<b id=\"rated-by-me\">{rated}</b> of <b>{mine}</b> rated by you")
    String ratedByYou(long rated, long mine);

    @Message("Prompt")
    String prompt();

    @Message("Answers")
    String answers();

    @Message("Questions")
    String questions();

    @Message("Answer {letter}")
    String answer(String letter);

    @Message("Person")
    String person();

    @Message("Assistant")
    String assistant();

    @Message("Instructions")
    String instructions();

    @Message("These texts may disturb")
    String mayDisturb();

    @Message("They are blurred until you ask for them. You can also skip the task.")
    String blurred();

    @Message("They are blurred until you ask for them.")
    String blurredHere();

    @Message("Show this one")
    String showThis();

    @Message("Always show here")
    String alwaysShow();

    @Message("Send")
    String send();

    @Message("Send and next")
    String sendAndNext();

    @Message("Skip")
    String skip();

    @Message("Undo")
    String undo();

    @Message("Change last")
    String changeLast();

    @Message("Change my last rating; all others stand on the page Queue")
    String keyChange();

    @Message("Show such texts here from now on, without being asked")
    String keyAlways();

    @Message("Close the reminder of a break, and go on")
    String keyGoOn();

    @Message("Differences")
    String differences();

    @Message("Guidelines")
    String guidelines();

    @Message("version {number}")
    String version(int number);

    @Message("Keys")
    String keys();

    @Message("You have rated everything here")
    String allRated();

    @Message("{rated} ratings so far, thank you. New tasks come when the model has written new answers; "
            + "tasks that others hold come back when their lease ends.")
    String allRatedDetail(long rated);

    @Message("Nothing to rate yet")
    String nothingYet();

    @Message("Tasks come when the project has prompts and a model has answered them. A lead can import "
            + "prompts on the project's page.")
    String nothingYetDetail();

    @Message("Back to my queue")
    String backToQueue();

    @Message("Undo my last rating")
    String undoLast();

    @Message("You have rated for 50 minutes: a break keeps your judgement fresh.")
    String takeABreak();

    @Message("Go on")
    String goOn();

    @Message("Skip this task")
    String skipTask();

    @Message("Another reviewer gets it. A reason helps your lead; <kbd>Enter</kbd> skips.")
    String skipHelp();

    @Message("Why?")
    String why();

    @Message("I do not understand it")
    String unclear();

    @Message("I do not know enough to judge it")
    String notMyField();

    @Message("It is in a language that I do not read")
    String language();

    @Message("I do not want to read it")
    String disturbing();

    @Message("It shows private data")
    String privateData();

    @Message("It is broken or not shown rightly")
    String broken();

    @Message("In your words")
    String inYourWords();

    @Message("Skip the task")
    String skipNow();

    @Message("Keep it")
    String keepIt();

    @Message("Next and last question")
    String keyQuestions();

    @Message("Next and last row of a question")
    String keyRows();

    @Message("Answer the row that has the frame: the number stands beside each choice; <kbd>0</kbd> is ten "
            + "or none, <kbd>-</kbd> is eleven")
    String keyDigits();

    @Message("Move an answer up or down in the order; <kbd>=</kbd> ties it with the one above")
    String keyMove();

    @Message("Write in a text, or rewrite the answer of that number; <kbd>Esc</kbd> leaves it")
    String keyWrite();

    @Message("Mark words: <kbd>←</kbd><kbd>→</kbd><kbd>↑</kbd><kbd>↓</kbd> walk, <kbd>Shift</kbd> widens, "
            + "<kbd>Tab</kbd> goes to the next answer, the label's number marks")
    String keyMark();

    @Message("Give a reason for the last mark; <kbd>⌫</kbd> removes it")
    String keyReason();

    @Message("Send and go on, or say what is missing; <kbd>Ctrl</kbd><kbd>Enter</kbd> from within a text")
    String keySend();

    @Message("Show what differs between the answers, word by word")
    String keyDifferences();

    @Message("Fold or unfold long answers")
    String keyFold();

    @Message("Show texts that are blurred")
    String keyReveal();

    @Message("Scroll the answers; <kbd>Shift</kbd> scrolls back")
    String keyScroll();

    @Message("Skip, with a reason: another reviewer gets the task")
    String keySkip();

    @Message("Undo my last rating and show its task again")
    String keyUndo();

    @Message("Write a comment; <kbd>Enter</kbd> or <kbd>Esc</kbd> leaves it")
    String keyComment();

    @Message("This list")
    String keyList();

    @Message("Close a dialog; leave a question")
    String keyEscape();

    @Message("required")
    String required();

    @Message("optional")
    String optional();

    @Message("Rank of answer {letter}")
    String rankOf(String letter);

    @Message("<kbd>1</kbd>–<kbd>{answers}</kbd> rank, <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> or drag to move")
    String rankHelp(int answers);

    @Message(", <kbd>=</kbd> ties with the one above")
    String rankTies();

    @Message("{letter} is best")
    String isBest(String letter);

    @Message("None is good")
    String noneIsGood();

    @Message("{aspect}, answer {letter}")
    String aspectOf(String aspect, String letter);

    @Message("Nothing is unsafe")
    String nothingUnsafe();

    @Message("1 to write, Esc to leave")
    String writeHere();

    @Message("Start from")
    String startFrom();

    @Message("1–{answers} starts from that answer, Esc leaves")
    String rewriteHere(int answers);

    @Message("What you changed")
    String whatYouChanged();

    @Message("Select words with the mouse, or press <kbd>m</kbd> and walk with <kbd>←</kbd> <kbd>→</kbd>, "
            + "widening with <kbd>Shift</kbd>.")
    String markHelp();

    @Message("Marks")
    String marks();

    @Message("Marking needs JavaScript; the other questions do not.")
    String marksNeedScript();

    @Message("much better")
    String muchBetter();

    @Message("better")
    String better();

    @Message("slightly better")
    String slightlyBetter();

    @Message("Tie")
    String tie();

    @Message("Both bad")
    String bothBad();

    @Message("{letter} is much better")
    String isMuchBetter(String letter);

    @Message("{letter} is better")
    String isBetter(String letter);

    @Message("{letter} is slightly better")
    String isSlightlyBetter(String letter);

    @Message("Tie: A and B are about the same")
    String aboutTheSame();

    @Message("Both bad: neither A nor B is good")
    String neitherIsGood();

    @Message("{#if questions == 1}1 answer{#else}{questions} answers{/if}")
    String answered(int questions);

    @Message("Rated: {summary}.")
    String ratedAs(String summary);

    @Message("Skipped.")
    String skipped();

    @Message("Taken back: judge it again.")
    String takenBack();

    @Message("Nothing waits for you.")
    String nothingWaits();

    @Message("Task shown. {rated} of {mine} rated.")
    String taskShown(long rated, long mine);

    @Message("Choose which answer is better: that sends the rating.")
    String sendsByChoice();

    @Message("The server could not take that")
    String refused();

    @Message("Your answers were not stored. This task is still yours: press the key again.")
    String refusedDetail();

    @Message("No connection to the server")
    String offline();

    @Message("Your answers may not have been stored. They are kept here: press the key again, it is never "
            + "counted twice.")
    String offlineDetail();

    @Message("The page was open for too long and has been renewed")
    String renewed();

    @Message("Nothing was stored or changed: press the key again.")
    String renewedDetail();

    @Message("“{title}” is the answer as it was: change it, or empty it.")
    String unchanged(String title);

    @Message("“{title}” is answered in part.")
    String inPart(String title);

    @Message("“{title}” is not answered yet.")
    String unanswered(String title);

    @Message("Reason")
    String reason();

    @Message("Reason of mark {number}")
    String reasonOf(String number);

    @Message("Remove")
    String remove();

    @Message("Remove mark {number}")
    String removeMark(String number);

    @Message("Show all")
    String showAll();

    @Message("Fold")
    String fold();
}
