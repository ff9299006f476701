package dev.ratchet.quality;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the panels of a project's progress, its throughput and its strengths say. */
@MessageBundle("counts")
public interface CountsMessages {
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

    @Message("People")
    String peopleHead();

    @Message("Person")
    String personHead();

    @Message("Last 7 days")
    String lastDaysHead();

    @Message("By person")
    String byPerson();

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
}
