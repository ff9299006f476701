package dev.ratchet.quality;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the panels of reviewers say. */
@MessageBundle("judge")
public interface ReviewerMessages {
    @Message("Whose work needs a look?")
    String findings();

    @Message("findings")
    String findingsUnit();

    @Message("finding")
    String findingUnit();

    @Message("Nothing stands out among {count} reviewers.")
    String noFindings(int count);

    @Message("A finding is a reason to look, never a verdict. All reviewers are tested at once, at 5% for each "
            + "question.")
    String findingsNote();

    @Message("Does the side matter?")
    String sides();

    @Message("Share of choices for the answer on the left; one half where the side does not matter.")
    String sidesNote();

    @Message("most from one half")
    String mostFromHalf();

    @Message("Left")
    String leftShareHead();

    @Message("Choices")
    String choicesHead();

    @Message("Do they find the known answers?")
    String gold();

    @Message("of gold answers met, all reviewers together")
    String goldUnit();

    @Message("Share of gold tasks on which the same answer was preferred.")
    String goldNote();

    @Message("No gold task has been rated. Tasks whose right answer you know tell most about reviewers.")
    String noGold();

    @Message("Met")
    String metHead();

    @Message("Gold tasks")
    String goldHead();

    @Message("How long does a task take?")
    String times();

    @Message("s, the median")
    String timesUnit();

    @Message("Active time, without breaks: the middle half of each reviewer's tasks, with the median.")
    String timesNote();

    @Message("No active time was measured.")
    String noTimes();

    @Message("Lower quartile, s")
    String lowerHead();

    @Message("Median, s")
    String medianHead();

    @Message("Upper quartile, s")
    String upperHead();

    @Message("Who can be relied on?")
    String reliability();

    @Message("median accuracy")
    String reliabilityUnit();

    @Message("Accuracy by the model of Dawid and Skene, from overlap and gold; chance is one half. The weight is what "
            + "a reviewer's comparisons count for where pairs weigh reviewers.")
    String reliabilityNote();

    @Message("Accuracy")
    String accuracyHead();

    @Message("Weight")
    String weightHead();

    @Message("Labels")
    String labelsHead();

    @Message("Worth in gold")
    String effectiveHead();

    @Message("Reviewer")
    String reviewerHead();

    @Message("careless")
    String careless();

    @Message("adversarial")
    String adversarial();

    @Message("picks left")
    String leftPicking();

    @Message("picks right")
    String rightPicking();

    @Message("too fast")
    String tooFast();
}
