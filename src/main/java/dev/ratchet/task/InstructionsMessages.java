package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The page on which a project’s questions and guidelines are edited. */
@MessageBundle("instructions")
public interface InstructionsMessages {
    @Message("Questions of {project}")
    String questionsOf(String project);

    @Message("version {number}")
    String version(int number);

    @Message("{show:count(ratings)} {#if ratings == 1}rating{#else}ratings{/if} answered version "
            + "{version}{#if leases > 0}, and {show:count(leases)} {#if leases == 1}task is{#else}tasks "
            + "are{/if} open with it{/if}.")
    String ratingratingsAnsweredVersionAndTaskIstasks(long ratings, int version, long leases);

    @Message("Markdown. Reviewers open it by the key <kbd>g</kbd>.")
    String markdownReviewersOpenItByThe();

    @Message("Save as version {number}")
    String saveAsVersion(int number);

    @Message("Projects")
    String projects();

    @Message("Questions and guidelines")
    String questionsAndGuidelines();

    @Message("What reviewers judge by, and what they are asked. Each change is a new version, and every "
            + "rating names the version that it answered.")
    String whatReviewersJudgeByAndWhat();

    @Message("Nothing was saved")
    String nothingWasSaved();

    @Message("A change now makes a new version. Those ratings keep theirs, and agreement is shown per "
            + "version: what two reviewers answered to different questions is not compared.")
    String aChangeNowMakesANew();

    @Message("Questions")
    String questions();

    @Message("Start from a recipe")
    String startFromARecipe();

    @Message("As JSON")
    String asJson();

    @Message("Questions as JSON")
    String questionsAsJson();

    @Message("Guidelines")
    String guidelines();

    @Message("The texts may disturb: blur them until a reviewer asks for them")
    String theTextsMayDisturbBlurThem();

    @Message("What changes?")
    String whatChanges();

    @Message("For the record, beside your name.")
    String forTheRecordBesideYourName();

    @Message("Start again")
    String startAgain();

    @Message("Versions")
    String versions();

    @Message("Version")
    String version2();

    @Message("What changed")
    String whatChanged();

    @Message("By")
    String by();

    @Message("When")
    String when();

    @Message("Ratings")
    String ratings();

    @Message("Use")
    String use();

    @Message("Start from it")
    String startFromIt();

    @Message("Questions in their order")
    String questionsInTheirOrder();

    @Message("What makes an answer good here? Markdown.")
    String whatMakesAnAnswerGoodHere();

    @Message("Save")
    String save();

    @Message("As reviewers see it")
    String asReviewersSeeIt();

    @Message("Answers a task")
    String answersATask();

    @Message("The questions cannot be asked yet")
    String theQuestionsCannotBeAskedYet();

    @Message("Preview")
    String preview();
}
