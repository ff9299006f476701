package dev.ratchet.team;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages of teams, invitations and a reviewer's own work. */
@MessageBundle("team")
public interface TeamMessages {
    @Message("Team")
    String team();

    @Message("Who rates and leads here, what each can judge, and who may come in.")
    String lead();

    @Message("That did not work")
    String failed();

    @Message("Open to every account")
    String open();

    @Message("Closed: the team alone")
    String closed();

    @Message("Everybody who can sign in sees this project and rates in it. Members have tags and groups, which tasks "
            + "can ask for.")
    String openMeans();

    @Message("Only members see this project. Who is not one is refused everywhere below its address.")
    String closedMeans();

    @Message("Close the project")
    String close();

    @Message("Only the team will see it; you become a lead of the team. Open tasks of others go back to the queue.")
    String closeAsks();

    @Message("Open the project")
    String openIt();

    @Message("Every account will see it and can rate in it.")
    String openAsks();

    @Message("Members")
    String members();

    @Message("Nobody is in the team yet. Invite people by a link, or add somebody who has an account.")
    String noMembers();

    @Message("Person")
    String person();

    @Message("Role")
    String role();

    @Message("Languages and skills")
    String tags();

    @Message("Such as: de, fr, medicine")
    String tagsHint();

    @Message("Groups")
    String groups();

    @Message("Joined")
    String joined();

    @Message("Change")
    String change();

    @Message("Save")
    String save();

    @Message("Remove")
    String remove();

    @Message("{name} leaves the team and its groups. Ratings stay.")
    String removeAsks(String name);

    @Message("Role of {name}")
    String roleOf(String name);

    @Message("Languages and skills of {name}")
    String tagsOf(String name);

    @Message("account shut")
    String shut();

    @Message("Add somebody who has an account")
    String addMember();

    @Message("Login")
    String login();

    @Message("Add to the team")
    String add();

    @Message("Rate here without being in the team")
    String others();

    @Message("Ratings")
    String ratings();

    @Message("Groups get tasks together: a task can be assigned to one. Each member has the group's tags too.")
    String groupsLead();

    @Message("No group yet. Make one for those who judge the same things.")
    String noGroups();

    @Message("Group")
    String group();

    @Message("Name of the group")
    String groupName();

    @Message("Make the group")
    String makeGroup();

    @Message("Delete")
    String delete();

    @Message("The group {name} goes. Its members stay in the team.")
    String deleteAsks(String name);

    @Message("Members of {name}")
    String membersOf(String name);

    @Message("Invitations")
    String invitations();

    @Message("A link lets people choose their own login and password and puts them into the team. Whoever has it can "
            + "use it: send it to those whom you mean.")
    String invitationsLead();

    @Message("Works for days")
    String days();

    @Message("Lets in")
    String uses();

    @Message("no group")
    String noGroup();

    @Message("Make a link")
    String makeLink();

    @Message("This is the link. It is shown only now: copy it and send it to whom you invite.")
    String linkOnce();

    @Message("Invited by")
    String invitedBy();

    @Message("Came in")
    String cameIn();

    @Message("{used} of {uses}")
    String usedOf(int used, int uses);

    @Message("Until")
    String until();

    @Message("Revoke")
    String revoke();

    @Message("The link lets nobody in any more. Who came in by it stays.")
    String revokeAsks();

    @Message("revoked")
    String revoked();

    @Message("over")
    String over();

    @Message("reviewer")
    String reviewer();

    @Message("lead")
    String leadRole();

    @Message("Saved.")
    String saved();

    @Message("{name} is in the team.")
    String added(String name);

    @Message("Invitation to {project}")
    String invited(String project);

    @Message("{name} invites you to {project} as {role}.")
    String invites(String name, String project, String role);

    @Message("Your name")
    String yourName();

    @Message("What your team sees")
    String yourNameHint();

    @Message("Choose a login")
    String chooseLogin();

    @Message("2 to 64 lower-case letters, digits, dots, dashes or underscores.")
    String loginHint();

    @Message("Choose a password")
    String choosePassword();

    @Message("8 to 72 bytes. A sentence that only you would write is better than a short puzzle.")
    String passwordHint();

    @Message("Make my account and start")
    String signUp();

    @Message("I have an account already")
    String haveAccount();

    @Message("You are signed in as {name}. Joining puts you into the team; nothing else changes.")
    String signedInAs(String name);

    @Message("Join the team")
    String join();

    @Message("This link lets nobody in")
    String noWayIn();

    @Message("Sign in")
    String signIn();

    @Message("My work")
    String myWork();

    @Message("What you did in this project and how it fits what others said. You alone and the leads see it.")
    String myWorkLead();

    @Message("Work of {name}")
    String workOf(String name);

    @Message("What {name} sees on the page My work, and notes to them.")
    String workOfLead(String name);

    @Message("Rated tasks")
    String rated();

    @Message("Active time")
    String active();

    @Message("Agreement with consensus")
    String consensus();

    @Message("{agreed} of {units} comparisons say what most others said of the same answers. 95%: {low} to {high}.")
    String consensusNote(int agreed, int units, String low, String high);

    @Message("No figure yet: nobody else judged the same answers, or the others do not agree among themselves.")
    String noConsensus();

    @Message("Median time a task")
    String speed();

    @Message("The team's median is {team}.")
    String speedNote(String team);

    @Message("No figure yet: no rating has a time.")
    String noSpeed();

    @Message("Gold tasks right")
    String gold();

    @Message("{right} of {all} tasks whose right answer is known. 95%: {low} to {high}.")
    String goldNote(int right, int all, String low, String high);

    @Message("No gold tasks yet.")
    String noGold();

    @Message("Left answer chosen")
    String left();

    @Message("{left} of {all} choices between two. The order is drawn, so half is expected. 95%: {low} to {high}.")
    String leftNote(int left, int all, String low, String high);

    @Message("No choice between two answers yet.")
    String noLeft();

    @Message("Of the last {count} rated tasks.")
    String ofLast(String count);

    @Message("Ratings a day")
    String perDay();

    @Message("Ratings of each of the last 30 days; the most on one day is {most}.")
    String perDayChart(String most);

    @Message("None in the last 30 days.")
    String noDays();

    @Message("The numbers as a table")
    String asTable();

    @Message("Day (UTC)")
    String day();

    @Message("Notes from leads")
    String notes();

    @Message("None yet. What a lead tells you about your work stands here.")
    String noNotes();

    @Message("None yet. Say what is good, and what to do otherwise; the reviewer reads it on the page My work.")
    String noNotesWritten();

    @Message("new")
    String fresh();

    @Message("read")
    String read();

    @Message("Mark as read")
    String markRead();

    @Message("Write a note")
    String writeNote();

    @Message("Note to {name}")
    String noteTo(String name);

    @Message("Send the note")
    String sendNote();

    @Message("The note stands on the reviewer's page.")
    String noteSent();

    @Message("Rate the first task")
    String rateFirst();

    @Message("Nothing rated yet")
    String nothingRated();

    @Message("As soon as the first task is rated, progress stands here.")
    String nothingRatedMeans();

    @Message("All members")
    String allMembers();
}
