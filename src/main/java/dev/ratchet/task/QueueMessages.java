package dev.ratchet.task;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** A reviewer's own page, and the page on which an earlier rating is changed. */
@MessageBundle("queue")
public interface QueueMessages {
    @Message("Queue")
    String title();

    @Message("My queue")
    String heading();

    @Message("{tasks} {#if one}task waits{#else}tasks wait{/if} for your judgement.")
    String waits(String tasks, boolean one);

    @Message("Nothing waits for you now.")
    String nothing();

    @Message("No project yet")
    String noProject();

    @Message("Make a project, import prompts, and tasks will stand here.")
    String noProjectLead();

    @Message("As soon as a lead of your team has made one, its tasks stand here.")
    String noProjectReviewer();

    @Message("Make a project")
    String makeProject();

    @Message("Rated by me in {project}")
    String ratedIn(String project);

    @Message("{ratings} rated by me")
    String ratedByMe(String ratings);

    @Message("{tasks} waiting")
    String waiting(String tasks);

    @Message("{tasks} of {total} tasks complete by all")
    String complete(String tasks, String total);

    @Message("Rate")
    String rate();

    @Message("Look at the project")
    String look();

    @Message("My last ratings")
    String past();

    @Message("None yet. Your ratings stand here, and each can be changed later.")
    String noPast();

    @Message("Prompt")
    String prompt();

    @Message("Judgement")
    String judgement();

    @Message("When")
    String when();

    @Message("Project")
    String project();

    @Message("Change")
    String change();

    @Message("Undo")
    String undo();

    @Message("Take it back and judge it again")
    String undoTitle();

    @Message("My active hours")
    String hours();

    @Message("{time} in all")
    String inAll(String time);

    @Message("Export as CSV")
    String export();

    @Message("None yet. The time that you are active on tasks stands here, not the time that a page is open.")
    String noHours();

    @Message("Day (UTC)")
    String day();

    @Message("Ratings")
    String ratings();

    @Message("Active")
    String active();

    @Message("Change a rating")
    String changeRating();

    @Message("You said")
    String youSaid();

    @Message("What you say now replaces it; the earlier word stays in the record.")
    String replaces();

    @Message("Save")
    String save();

    @Message("Leave as it is")
    String leave();
}
