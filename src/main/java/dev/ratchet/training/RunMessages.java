package dev.ratchet.training;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Pages of runs. */
@MessageBundle("run")
public interface RunMessages {
    @Message("Runs of {project}")
    String runsOf(String project);

    @Message("Runs train the project's model, and it has none yet.")
    String noModelYet();

    @Message("To the first model")
    String toTheFirstModel();

    @Message("The loop starts by itself when enough new pairs have come in{#if lead}, or when you say so "
            + "above{/if}. Pairs come from ratings.")
    String theLoopStartsByItselfWhen(boolean lead);

    @Message("{step} of {steps}")
    String ofText(String step, String steps);

    @Message("Projects")
    String projects();

    @Message("Runs")
    String runs();

    @Message("What trained on people's pairs, and what measured the result.")
    String whatTrainedOnPeoplesPairsAnd();

    @Message("Retrain now")
    String retrainNow();

    @Message("No run yet")
    String noRunYet();

    @Message("Rate answers")
    String rateAnswers();

    @Message("Run")
    String run();

    @Message("Status")
    String status();

    @Message("Now")
    String now();

    @Message("Time")
    String time();

    @Message("Result")
    String result();

    @Message("Started")
    String started();

    @Message("Train on the pairs that are there now?")
    String trainOnThePairsThatAre();

    @Message("Curves appear with the first training step{#if !going}; this run has none{/if}.")
    String curvesAppearWithTheFirstTraining(boolean going);

    @Message("Cancel the run")
    String cancelTheRun();

    @Message("Try again")
    String tryAgain();

    @Message("Started from")
    String startedFrom();

    @Message("Reward model")
    String rewardModel();

    @Message("Candidate")
    String candidate();

    @Message("Made")
    String made();

    @Message("Trained on")
    String trainedOn();

    @Message("Asked for by")
    String askedForBy();

    @Message("Created")
    String created();

    @Message("The run failed")
    String theRunFailed();

    @Message("Nothing that was there before is lost; the champion stands.")
    String nothingThatWasThereBeforeIs();

    @Message("Try again resumes from the last checkpoint.")
    String tryAgainResumesFromTheLast();

    @Message("Curves")
    String curves();

    @Message("by step")
    String byStep();

    @Message("Table")
    String table();

    @Message("Step")
    String step();

    @Message("Value")
    String value();

    @Message("Spec")
    String spec();

    @Message("the same spec on the same machine gives the same bytes")
    String theSameSpecOnTheSame();

    @Message("Stop this run for good? Nothing that is finished is lost.")
    String stopThisRunForGoodNothing();

    @Message("Progress")
    String progress();

    @Message("{ratings} of its ratings were retracted")
    String ratingsRetracted(String ratings);
}
