package dev.ratchet.dataset.export;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the export page. */
@MessageBundle("export")
interface ExportMessages {
    @Message("Export")
    String title();

    @Message("Projects")
    String projects();

    @Message("What people said, as files for trainers and for your own analysis."
            + " Each row names its ratings and its policy.")
    String lead();

    @Message("There is nothing to export yet")
    String emptyHead();

    @Message("Rows are made from ratings, and from pairs that you import. Rate a task, and its rows are here.")
    String emptyBody();

    @Message("Rate tasks")
    String rate();

    @Message("A file")
    String file();

    @Message("Rows")
    String rows();

    @Message("Preference: prompt, chosen, rejected (TRL)")
    String preference();

    @Message("Single answers: good or bad (TRL, KTO)")
    String kto();

    @Message("Demonstrations: rewrites, chosen answers and imported ones (TRL, SFT)")
    String sft();

    @Message("Documents: imported texts of a domain (TRL, SFT)")
    String documents();

    @Message("Answers with scores, for reward models")
    String reward();

    @Message("Full ratings")
    String ratings();

    @Message("Form")
    String form();

    @Message("JSON Lines")
    String jsonl();

    @Message("JSON Lines, compressed")
    String jsonlGz();

    @Message("CSV, safe to open in a spreadsheet")
    String csv();

    @Message("Parquet")
    String parquet();

    @Message("Folder with its data set card (zip)")
    String zip();

    @Message("The card alone")
    String card();

    @Message("Made from")
    String from();

    @Message("What the ratings say now")
    String now();

    @Message("Snapshot {id}, {pairs} pairs, {date}")
    String snapshot(long id, String pairs, String date);

    @Message("A snapshot is frozen: ties and disagreement are as they were trained on.")
    String snapshotHint();

    @Message("Split")
    String split();

    @Message("Training and held out")
    String all();

    @Message("Training only")
    String train();

    @Message("Held out only")
    String heldOut();

    @Message("Ties")
    String ties();

    @Message("As usual for these rows")
    String usual();

    @Message("Leave them out")
    String drop();

    @Message("Keep them, in both ways (preference, single answers)")
    String both();

    @Message("Disagreement")
    String disagreement();

    @Message("The mean strength decides (preference)")
    String meanStrength();

    @Message("The majority decides (preference)")
    String majority();

    @Message("Each rating makes its own row (preference)")
    String each();

    @Message("Include comments and reasons: people may have named themselves or others")
    String freeText();

    @Message("Download")
    String download();

    @Message("Nothing was exported")
    String refused();

    @Message("What is there")
    String counts();

    @Message("Training")
    String trainColumn();

    @Message("Held out")
    String evalColumn();

    @Message("An example of each")
    String examples();

    @Message("No row yet.")
    String noExample();

    @Message("Freeze the pairs now")
    String freeze();

    @Message("A snapshot keeps the pairs as they are, so that an export can be made again to the byte.")
    String freezeHint();

    @Message("Snapshot {id} holds the pairs as they are now.")
    String frozen(long id);

    @Message("Import")
    String imports();
}
