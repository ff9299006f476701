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

    @Message("Ratings")
    String ratingsHead();

    @Message("Share")
    String shareHead();

    @Message("95%")
    String intervalHead();

    @Message("undefined")
    String undefined();

    @Message("Being computed")
    String pending();

    @Message("Agreement with its intervals and the figures of reviewers come in a moment.")
    String pendingHint();

    @Message("Nobody compared answers.")
    String noChoices();
}
