package dev.ratchet.evaluation;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages of retractions, and of what they mark. */
@MessageBundle("retract")
public interface RetractionMessages {
    @Message("Retractions")
    String title();

    @Message("A retracted rating stays on record and counts no more: its pair goes or changes, and what was trained on "
            + "it is marked.")
    String lead();

    @Message("Whose ratings count")
    String reviewers();

    @Message("Reviewer")
    String reviewer();

    @Message("Ratings")
    String ratings();

    @Message("Retract all …")
    String retractAll();

    @Message("Nobody has rated here yet. Once tasks are rated, what must not count can be taken out here.")
    String nobody();

    @Message("Open the tasks")
    String tasks();

    @Message("On record")
    String record();

    @Message("Nothing was retracted in this project.")
    String none();

    @Message("What")
    String what();

    @Message("All ratings of {name}")
    String allOf(String name);

    @Message("One rating of {name}")
    String oneOf(String name);

    @Message("Why")
    String why();

    @Message("By")
    String by();

    @Message("Retract all ratings of {name}")
    String previewAll(String name);

    @Message("Retract a rating of {name}")
    String previewOne(String name);

    @Message("Nothing has changed yet. This is what it would reach:")
    String previewLead();

    @Message("Pairs of now")
    String pairs();

    @Message("Snapshots")
    String snapshots();

    @Message("Versions")
    String versions();

    @Message("the champion is among them")
    String champion();

    @Message("champion")
    String championChip();

    @Message("Why must it not count? The reason stays on record.")
    String reasonLabel();

    @Message("Open the tasks again for other reviewers")
    String reopen();

    @Message("Retract")
    String confirm();

    @Message("Retract {count} ratings of {name}? They stay on record, and cannot be made to count again.")
    String asks(long count, String name);

    @Message("Leave it as it is")
    String cancel();

    @Message("There is nothing to retract: no rating of {name} counts here.")
    String nothing(String name);

    @Message("It was not retracted")
    String failed();

    @Message("{#if count == 1}1 rating counts no more{#else}{count} ratings count no more{/if}")
    String doneCount(long count);

    @Message("Pairs follow within seconds. Their tasks are open to other reviewers again.")
    String reopened();

    @Message("Pairs follow within seconds. Their tasks stay as they are.")
    String notReopened();

    @Message("Versions to be rebuilt")
    String rebuild();

    @Message("They learned from what was retracted, themselves or by what they were made from. Start the training "
            + "chain on the page Runs: its snapshot holds none of it.")
    String rebuildLead();

    @Message("No version learned from them: nothing has to be rebuilt.")
    String noVersion();

    @Message("Start the chain")
    String runs();

    @Message("Snapshots that hold them")
    String snapshotsHead();

    @Message("No snapshot holds them.")
    String noSnapshot();

    @Message("{train} to train, {eval} held out")
    String pairsOf(int train, int eval);

    @Message("Trained on {count} ratings that were retracted")
    String trainedOn(long count);

    @Message("{count} retracted ratings")
    String retractedChip(long count);

    @Message("It, or what it was made from, learned from ratings that must not count. A new version from the pairs of "
            + "now does not.")
    String trainedOnLead();
}
