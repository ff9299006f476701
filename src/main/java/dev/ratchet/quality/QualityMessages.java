package dev.ratchet.quality;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the quality page. */
@MessageBundle("quality")
public interface QualityMessages {
    @Message("How ratings become pairs")
    String pairing();

    @Message("Quality")
    String title();

    @Message("Whether the ratings can be trusted, and when they will be done.")
    String lead();

    @Message("Everything here is computed from ratings as they stand now; an edit replaces, and an undo removes.")
    String basis();

    @Message("{used} ratings")
    String fromAll(String used);

    @Message("the newest {used} of {total} ratings for agreement, strengths and reviewers")
    String fromNewest(String used, String total);

    @Message("read")
    String readAt();

    @Message("Days end at midnight in {zone}.")
    String zoned(String zone);

    @Message("shows and hides all tables")
    String tablesKey();

    @Message("Table")
    String table();

    @Message("CSV")
    String csv();

    @Message("{panel} as CSV")
    String csvOf(String panel);

    // ── Filter ──────────────────────────────────────────────────────────────

    @Message("Filter")
    String filter();

    @Message("From")
    String from();

    @Message("To")
    String to();

    @Message("Version of the questions")
    String version();

    @Message("All versions")
    String allVersions();

    @Message("Agreement on")
    String question();

    @Message("Reviewers")
    String reviewers();

    @Message("Everybody")
    String everybody();

    @Message("Group {name}")
    String group(String name);

    @Message("Tag {name}")
    String tag(String name);

    @Message("Points by")
    String window();

    @Message("day")
    String day();

    @Message("week")
    String week();

    @Message("month")
    String month();

    @Message("Time zone")
    String zone();

    @Message("Show")
    String show();

    @Message("Clear")
    String clear();

    // ── Empty ───────────────────────────────────────────────────────────────

    @Message("No rating yet")
    String noRatings();

    @Message("The figures come with the first ratings. Reviewers find the tasks in their queue.")
    String noRatingsHint();

    @Message("Rate answers")
    String rate();

    @Message("No rating passes the filter")
    String nothingPasses();

    @Message("Widen the days, or show all versions and everybody.")
    String nothingPassesHint();

    @Message("Show all ratings")
    String showAll();

    // ── Burn-down ───────────────────────────────────────────────────────────

    @Message("When will it be done?")
    String burnDown();

    @Message("tasks left of {total}")
    String tasksLeft(String total);

    @Message("Done on {day} at {pace} tasks a day.")
    String done(String day, String pace);

    @Message("95%: {earliest} to {latest}.")
    String doneBetween(String earliest, String latest);

    @Message("95%: {earliest} at the earliest; the slow end of the pace is no progress.")
    String doneFrom(String earliest);

    @Message("All tasks are complete.")
    String allDone();

    @Message("Nothing was completed lately: there is no pace to go by.")
    String noPace();

    @Message("A pace needs two whole days of work.")
    String paceNeedsDays();

    @Message("All tasks but checks of reviewers, whatever the filter. The pace is of the last {days} whole days.")
    String burnDownNote(int days);

    @Message("Tasks left by day, and the projection with its interval. The table has the numbers.")
    String burnDownChart();

    @Message("Day")
    String dayHead();

    @Message("Left")
    String leftHead();

    @Message("Made")
    String madeHead();

    @Message("Completed")
    String completedHead();

    // ── Throughput ──────────────────────────────────────────────────────────

    @Message("How fast does it go?")
    String throughput();

    @Message("ratings a day")
    String ratingsADay();

    @Message("ratings")
    String ratings();

    @Message("A mean a day needs two whole days.")
    String meanNeedsDays();

    @Message("Mean of the last {days} whole days, of {total} ratings in all.")
    String throughputNote(int days, String total);

    @Message("Ratings by day. The table has the numbers.")
    String throughputChart();

    @Message("Ratings")
    String ratingsHead();

    @Message("People")
    String peopleHead();

    @Message("Person")
    String personHead();

    @Message("Last 7 days")
    String lastDaysHead();

    @Message("By person")
    String byPerson();

    // ── Strengths ───────────────────────────────────────────────────────────

    @Message("How clearly are answers told apart?")
    String strengths();

    @Message("clear preferences")
    String clearShare();

    @Message("Better or much better, of {count} comparisons.")
    String strengthsNote(String count);

    @Message("Comparisons by strength, from A much better to B much better, and both bad. The table has the numbers.")
    String strengthsChart();

    @Message("Strength")
    String strengthHead();

    @Message("Comparisons")
    String comparisonsHead();

    @Message("Share")
    String shareHead();

    @Message("95%")
    String intervalHead();

    @Message("A much better")
    String leftMuch();

    @Message("A better")
    String left();

    @Message("A slightly better")
    String leftSlightly();

    @Message("Tie")
    String tie();

    @Message("B slightly better")
    String rightSlightly();

    @Message("B better")
    String right();

    @Message("B much better")
    String rightMuch();

    @Message("Both bad")
    String bothBad();

    // ── Agreement ───────────────────────────────────────────────────────────

    @Message("Do reviewers agree?")
    String agreement();

    @Message("Krippendorff's alpha, {level}")
    String alphaOf(String level);

    @Message("{title}, version {version}: {units} units with two ratings or more.")
    String agreementOf(String title, int version, String units);

    @Message("undefined")
    String undefined();

    @Message("No question here has a scale that reviewers could agree on: texts and marks have none.")
    String noScale();

    @Message("Being computed")
    String pending();

    @Message("Agreement with its intervals and the figures of reviewers come in a moment.")
    String pendingHint();

    @Message("Alpha over time with its interval; 1 is full agreement, 0 is chance. The table has the numbers.")
    String agreementChart();

    @Message("By question and version")
    String byQuestion();

    @Message("Over time")
    String overTime();

    @Message("By pair")
    String byPair();

    @Message("Question")
    String questionHead();

    @Message("Version")
    String versionHead();

    @Message("Alpha")
    String alphaHead();

    @Message("Fleiss' kappa")
    String fleissHead();

    @Message("Cohen's kappa, mean of pairs")
    String cohenHead();

    @Message("Cohen's kappa")
    String kappaHead();

    @Message("Units")
    String unitsHead();

    @Message("Two reviewers")
    String pairHead();

    @Message("From")
    String fromHead();

    @Message("no interval")
    String noInterval();

    // ── Reviewers ───────────────────────────────────────────────────────────

    @Message("Whose work needs a look?")
    String findings();

    @Message("findings")
    String findingsUnit();

    @Message("finding")
    String findingUnit();

    @Message("Nothing stands out among {count} reviewers.")
    String noFindings(int count);

    @Message("A finding is a reason to look, never a verdict. All reviewers are tested at once, at 5% for each question.")
    String findingsNote();

    @Message("Finding")
    String findingHead();

    @Message("Evidence")
    String evidenceHead();

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

    @Message("Accuracy by the model of Dawid and Skene, from overlap and gold; chance is one half. The weight is what a reviewer's comparisons count for where pairs weigh reviewers.")
    String reliabilityNote();

    @Message("Accuracy")
    String accuracyHead();

    @Message("Weight")
    String weightHead();

    @Message("Labels")
    String labelsHead();

    @Message("Worth in gold")
    String effectiveHead();

    @Message("Nobody compared answers.")
    String noChoices();

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
