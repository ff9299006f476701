package dev.ratchet.project;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Pages of projects and their prompts. */
@MessageBundle("project")
public interface ProjectMessages {
    @Message("{prompts} prompts · {reviewers} {#if reviewers == 1}reviewer{#else}reviewers{/if} a task")
    String promptsReviewerreviewersATask(String prompts, int reviewers);

    @Message("Projects")
    String projects();

    @Message("Each is one campaign: its guidelines, its prompts and the model that it improves.")
    String eachIsOneCampaignItsGuidelines();

    @Message("New project")
    String newProject();

    @Message("No project yet")
    String noProjectYet();

    @Message("A project holds guidelines and prompts. Make one, import prompts, and reviewers can start.")
    String aProjectHoldsGuidelinesAndPrompts();

    @Message("Make the first project")
    String makeTheFirstProject();

    @Message("A lead of your team makes projects. As soon as there is one, its tasks stand in your queue.")
    String aLeadOfYourTeamMakes();

    @Message("Rate")
    String rate();

    @Message("Lower-case letters, digits and hyphens, as in <code>/projects/support</code>.")
    String lowerCaseLettersDigitsAndHyphens();

    @Message("Empty: {usual}. 0: only by hand.")
    String empty0OnlyByHand(int usual);

    @Message("Empty: {usual}. Most nats a reply that a candidate may stand from the champion.")
    String emptyMostNatsAReplyThat(double usual);

    @Message("Empty: {usual}. The lower bound of the candidate's must be above it.")
    String emptyTheLowerBoundOfThe(double usual);

    @Message("Empty: {usual}. The lower bound of the reward model's on held-out pairs must be above it.")
    String emptyTheLowerBoundOfThe2(double usual);

    @Message("Reviewers see the guidelines beside every task; every rating remembers the version that it answered.")
    String reviewersSeeTheGuidelinesBesideEvery();

    @Message("The project was not made")
    String theProjectWasNotMade();

    @Message("Name")
    String name();

    @Message("Address")
    String address();

    @Message("Reviewers a task")
    String reviewersATask();

    @Message("How many people judge the same answers.")
    String howManyPeopleJudgeTheSame();

    @Message("Description")
    String description();

    @Message("Guidelines for reviewers")
    String guidelinesForReviewers();

    @Message("What reviewers are asked")
    String whatReviewersAreAsked();

    @Message("Every question can be changed later, on the project's page Questions.")
    String everyQuestionCanBeChangedLater();

    @Message("New pairs before retraining")
    String newPairsBeforeRetraining();

    @Message("New demonstrations before supervised training")
    String newDemonstrationsBeforeSupervised();

    @Message("0 or empty: never by itself. The loop then trains on them first, and on pairs from there; it needs some "
            + "pairs to judge what comes of it.")
    String supervisedFirstHint();

    @Message("Trains supervised first after")
    String supervisedFirstAfter();

    @Message("{demonstrations} new demonstrations")
    String newDemonstrations(String demonstrations);

    @Message("KL budget")
    String klBudget();

    @Message("Minimum win rate")
    String minimumWinRate();

    @Message("Minimum reward accuracy")
    String minimumRewardAccuracy();

    @Message("Make the project")
    String makeTheProject();

    @Message("Cancel")
    String cancel();

    @Message("What makes an answer good here? Markdown.")
    String whatMakesAnAnswerGoodHere();

    @Message("When to retrain and what a candidate must meet; an empty field keeps its default")
    String whenToRetrainAndWhatA();

    @Message("version {number}")
    String version(int number);

    @Message("{pairs} new pairs")
    String newPairs(String pairs);

    @Message("{nats} nats a reply")
    String natsAReply(String nats);

    @Message("Rate answers")
    String rateAnswers();

    @Message("The champion writes the next answers that people rate: the loop starts again by itself.")
    String theChampionWritesTheNextAnswers();

    @Message("Guidelines")
    String guidelines();

    @Message("Questions and guidelines")
    String questionsAndGuidelines();

    @Message("How the loop decides")
    String howTheLoopDecides();

    @Message("Retrains after")
    String retrainsAfter();

    @Message("a lead's order only")
    String aLeadsOrderOnly();

    @Message("Win rate above")
    String winRateAbove();

    @Message("lower bound")
    String lowerBound();

    @Message("Reward accuracy above")
    String rewardAccuracyAbove();

    @Message("Beta")
    String beta();

    @Message("The loop")
    String theLoop();

    @Message("Prompts of {project}")
    String promptsOf(String project);

    @Message("{total} conversations wait for answers, {held} of them held out to measure progress.")
    String conversationsWaitForAnswersOfThem(String total, String held);

    @Message("Page {page} of {pages}")
    String pageOf(int page, int pages);

    @Message("Prompts")
    String prompts();

    @Message("Imported")
    String imported();

    @Message("Nothing was imported")
    String nothingWasImported();

    @Message("Import prompts")
    String importPrompts();

    @Message("Prompts, one a line")
    String promptsOneALine();

    @Message("A plain line is one user turn. A line of JSON is a whole conversation:")
    String aPlainLineIsOneUser();

    @Message(". Prompts of one split group stay on one side of the split.")
    String promptsOfOneSplitGroupStay();

    @Message("Or a file")
    String orAFile();

    @Message("The same lines, UTF-8. Prompts that the project already has are not stored twice.")
    String theSameLinesUtf8Prompts();

    @Message("Import")
    String importText();

    @Message("No prompts yet")
    String noPromptsYet();

    @Message("Import some above: a plain text file with one question a line is enough to start.")
    String importSomeAboveAPlainText();

    @Message("A lead imports them; then the model answers and your queue fills.")
    String aLeadImportsThemThenThe();

    @Message("Last turn")
    String lastTurn();

    @Message("Turns")
    String turns();

    @Message("Split")
    String split();

    @Message("held out")
    String heldOut();

    @Message("train")
    String train();

    @Message("Previous")
    String previous();

    @Message("Next")
    String next();

    @Message("My parcel has not arrived. What can I do?")
    String myParcelHasNotArrivedWhat();

    @Message("Pages")
    String pages();

    @Message("Overview")
    String overview();

    @Message("Questions")
    String questions();

    @Message("Runs")
    String runs();

    @Message("Versions")
    String versions();

    @Message("Data")
    String data();
}
