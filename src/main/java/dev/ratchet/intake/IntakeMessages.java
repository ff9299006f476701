package dev.ratchet.intake;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages on which data comes in. */
@MessageBundle("intake")
public interface IntakeMessages {
    @Message("Projects")
    String projects();

    @Message("Data of {name}")
    String title(String name);

    @Message("Import data")
    String heading();

    @Message("Preferences, answers, conversations, prompts and documents from other tools. You see what a file"
            + " would bring before anything is stored.")
    String lead();

    @Message("Import")
    String imports();

    @Message("Export")
    String exports();

    @Message("File")
    String file();

    @Message("JSON Lines, JSON, CSV, plain text or Parquet; text may be packed with gzip. Up to {size}. A broken"
            + " upload goes on where it stopped when you choose the same file again.")
    String fileHint(String size);

    @Message("Upload and look through")
    String upload();

    @Message("Uploading")
    String uploading();

    @Message("Nothing was imported yet")
    String noneHeading();

    @Message("Choose a file above: hh-rlhf, TRL, UltraFeedback, HelpSteer2, Argilla, Label Studio, OpenAI chats"
            + " and OpenAssistant are recognised.")
    String none();

    @Message("Name")
    String name();

    @Message("Status")
    String status();

    @Message("Rows")
    String rows();

    @Message("Rejected")
    String rejected();

    @Message("Sent")
    String sent();

    @Message("The file was not taken")
    String refused();

    @Message("It was not changed")
    String unchanged();

    @Message("Receiving: {received} of {size} bytes. Choose the same file on the page before this one to go on.")
    String receiving(String received, String size);

    @Message("Looking through the file: {rows} rows so far")
    String checking(String rows);

    @Message("Importing: {rows} of {total} rows")
    String importing(String rows, String total);

    @Message("It stopped")
    String failed();

    @Message("What was taken in before stays. Mend the cause, and let it go on from where it stopped.")
    String failedHint();

    @Message("Go on")
    String goOn();

    @Message("What the file would bring")
    String preview();

    @Message("usable rows of {rows}")
    String usable(String rows);

    @Message("Pairs")
    String pairs();

    @Message("Demonstrations")
    String demonstrations();

    @Message("Documents")
    String documents();

    @Message("Prompts alone")
    String promptsAlone();

    @Message("to compare answers by")
    String pairsNote();

    @Message("answers to learn as they are")
    String demonstrationsNote();

    @Message("texts to learn")
    String documentsNote();

    @Message("wait for answers")
    String promptsNote();

    @Message("Look at these")
    String findings();

    @Message("Nothing stands out.")
    String noFindings();

    @Message("{count} rows repeat a prompt or a text that the file or the project has already. The same answer is"
            + " stored once.")
    String repeated(String count);

    @Message("{count} are nearly the same as one before them in the file.")
    String nearInFile(String count);

    @Message("{count} are nearly the same as a prompt that the project has.")
    String nearInProject(String count);

    @Message("Only the first 500,000 different prompts and texts were compared.")
    String notAllCompared();

    @Message("{count} stand on another side of the split here than the file says: the project's rule decides.")
    String otherThanFile(String count);

    @Message("{count} stand on another side of the split than one that they are nearly the same as: what is held"
            + " out may be learned. Give both the same split_group in the file.")
    String otherThanNear(String count);

    @Message("{count} rows have what is likely personal data: {kinds}.")
    String personal(String count, String kinds);

    @Message("How the file is read")
    String mapping();

    @Message("File type")
    String container();

    @Message("Cells are separated by")
    String separator();

    @Message("comma")
    String comma();

    @Message("semicolon")
    String semicolon();

    @Message("tab")
    String tab();

    @Message("vertical bar")
    String bar();

    @Message("Layout")
    String format();

    /** What a layout is called; {@code id} is a {@code Format}'s. */
    @Message("{#switch id}"
            + "{#case 'trl-preference'}TRL preference (chosen, rejected; the prompt apart or in both)"
            + "{#case 'hh-rlhf'}hh-rlhf transcripts of Human and Assistant"
            + "{#case 'ultrafeedback-binarized'}UltraFeedback, binarized"
            + "{#case 'helpsteer2'}HelpSteer2 (response with five scores)"
            + "{#case 'argilla'}Argilla export"
            + "{#case 'label-studio'}Label Studio export"
            + "{#case 'openai-chat'}Chat logs in OpenAI's format (messages)"
            + "{#case 'openassistant'}OpenAssistant trees"
            + "{#case 'documents'}Documents of a domain (text)"
            + "{#case 'prompts'}Prompts alone"
            + "{#case 'columns'}Columns that you choose"
            + "{/switch}")
    String layout(String id);

    /** What a file type is called; {@code id} is a {@code Container}'s. */
    @Message("{#switch id}"
            + "{#case 'jsonl'}JSON Lines, one object a line"
            + "{#case 'json'}JSON, one array of objects"
            + "{#case 'csv'}CSV with a line of column names"
            + "{#case 'text'}Plain text"
            + "{#case 'parquet'}Parquet"
            + "{/switch}")
    String fileType(String id);

    @Message("Columns")
    String columns();

    @Message("Which column is what. For a known layout only tags, split and split_group count.")
    String columnsHint();

    @Message("none")
    String noColumn();

    @Message("In the file")
    String inFile();

    @Message("Example")
    String example();

    @Message("Replace likely personal data by its kind, as [email]")
    String mask();

    @Message("Make tasks of the answers, to be rated here")
    String makeTasks();

    @Message("Reviewers a task")
    String overlap();

    @Message("Look through again")
    String again();

    @Message("Start the import")
    String start();

    @Message("Take {rows} rows in?")
    String startSure(String rows);

    @Message("First rows")
    String samples();

    @Message("Line")
    String line();

    @Message("Kind")
    String kind();

    @Message("Prompt or text")
    String prompt();

    @Message("Answers")
    String answers();

    @Message("Side")
    String side();

    @Message("Rejected rows")
    String rejectedRows();

    @Message("{count} rows cannot be used; the others can.")
    String rejectedCount(String count);

    @Message("Reason")
    String reason();

    @Message("Row")
    String row();

    @Message("All as CSV")
    String asCsv();

    @Message("All as JSON Lines")
    String asJsonLines();

    @Message("What came in")
    String report();

    @Message("New prompts")
    String newPrompts();

    @Message("New answers")
    String newAnswers();

    @Message("New pairs")
    String newPairs();

    @Message("New demonstrations and documents")
    String newDocuments();

    @Message("New tasks")
    String newTasks();

    @Message("There already")
    String known();

    @Message("Replaced finds of personal data")
    String masked();

    @Message("Rows a second")
    String speed();

    @Message("Remove the file")
    String remove();

    @Message("Remove the file from the server? What was taken in stays.")
    String removeSure();

    @Message("Take the import back")
    String undo();

    @Message("Remove everything that this import brought and that nothing uses yet? What reviewers were given and what"
            + " snapshots or runs have stays.")
    String undoSure();

    @Message("Taking the import back")
    String undoing();

    @Message("What was taken back")
    String undone();

    @Message("Removed")
    String removed();

    @Message("Kept, in use")
    String kept();

    @Message("Prompts")
    String prompts();

    @Message("Demonstrations and documents")
    String learned();

    @Message("Tasks")
    String tasks();

    @Message("See the prompts")
    String seePrompts();
}
