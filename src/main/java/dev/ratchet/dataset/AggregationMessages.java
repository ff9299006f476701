package dev.ratchet.dataset;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the page of the aggregation policy. */
@MessageBundle("pairing")
interface AggregationMessages {
    @Message("How ratings become pairs")
    String title();

    @Message("Several people rate the same two answers. What they say together is one pair to learn from.")
    String lead();

    @Message("Quality")
    String quality();

    @Message("Nothing was changed")
    String refused();

    @Message("The policy was chosen. Snapshots that exist stay as they are.")
    String chosen();

    @Message("Who counts how much")
    String choose();

    @Message("Everybody counts the same")
    String mean();

    @Message("The mean of all strengths decides. Pairs follow each rating at once.")
    String meanHint();

    @Message("Everybody counts as they can be relied on")
    String reliable();

    @Message("Strengths are weighed by each reviewer's reliability, estimated when a snapshot is taken and frozen in it"
            + ". Who tosses coins or answers against the truth counts for nothing.")
    String reliableHint();

    @Message("Choose")
    String save();

    @Message("What each reviewer would count")
    String weights();

    @Message("of {of} reviewers would count for nothing")
    String silentOf(int of);

    @Message("Estimated now, from tasks that several rated, gold tasks and your decisions."
            + " Where everybody counts the same it is not used.")
    String estimatedUnused();

    @Message("Estimated now, from tasks that several rated, gold tasks and your decisions."
            + " The next snapshot estimates anew.")
    String estimatedUsed();

    @Message("No reviewer has preferred an answer yet: once some have rated the same tasks, their weights are here.")
    String none();

    @Message("Reviewer")
    String reviewerHead();

    @Message("Weight")
    String weightHead();

    @Message("Accuracy")
    String accuracyHead();

    @Message("Preferences")
    String labelsHead();
}
