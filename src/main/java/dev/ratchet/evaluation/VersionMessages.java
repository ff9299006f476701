package dev.ratchet.evaluation;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Pages of versions: what was trained, judged and promoted. */
@MessageBundle("version")
public interface VersionMessages {
    @Message("Versions of {project}")
    String versionsOf(String project);

    @Message("Serve {former} again instead of {present}? The present champion stays in the registry.")
    String serveAgainInsteadOfThePresent(String former, String present);

    @Message("Roll back to {former}")
    String rollBackTo(String former);

    @Message("after {former}")
    String after(String former);

    @Message(", by {actor}")
    String by(String actor);

    @Message("Projects")
    String projects();

    @Message("Versions")
    String versions();

    @Message("A version never changes. The champion is the one that is served; it moves only when every gate passes.")
    String aVersionNeverChangesTheChampion();

    @Message("No model yet")
    String noModelYet();

    @Message("The project needs a first model to answer its prompts. An administrator imports it; you can import the "
            + "prompts meanwhile.")
    String anAdministratorImports();

    @Message("Import prompts")
    String importPrompts();

    @Message("The project needs a first model to answer its prompts. Choose its Hugging Face folder: it becomes the "
            + "champion, and later versions replace it when they pass all gates.")
    String chooseTheFirstModel();

    @Message("Model folder")
    String folder();

    @Message("Import as champion")
    String importAsChampion();

    @Message("The project needs a first model to answer its prompts. Copy its Hugging Face folder, with config.json, "
            + "weights and tokenizer, into this folder of the server, then look again:")
    String copyTheFirstModel();

    @Message("Look again")
    String lookAgain();

    @Message("An administrator chooses which version is served first.")
    String anAdministratorChooses();

    @Message("Version to serve first")
    String firstVersion();

    @Message("Version")
    String version();

    @Message("Kind")
    String kind();

    @Message("From")
    String from();

    @Message("Run")
    String run();

    @Message("Gates")
    String gates();

    @Message("Made")
    String made();

    @Message("champion")
    String champion();

    @Message("Champion")
    String champion2();

    @Message("No champion yet.")
    String noChampionYet();

    @Message("Serve {version} from now on?")
    String serveFromNowOn(String version);

    @Message("compared with {champion},")
    String comparedWith(String champion);

    @Message("All {samples}")
    String all(String samples);

    @Message("Better {samples}")
    String better(String samples);

    @Message("run {number}")
    String run2(long number);

    @Message("Make it champion")
    String makeItChampion();

    @Message("Manifest")
    String manifest();

    @Message("Download")
    String download();

    @Message("Before and after")
    String beforeAndAfter();

    @Message("Worse")
    String worse();

    @Message("higher score")
    String higherScore();

    @Message("No held-out prompt is of this kind.")
    String noHeldOutPromptIsOf();

    @Message("Not evaluated")
    String notEvaluated();

    @Message("This version was not a candidate: gates judge what the loop trains.")
    String thisVersionWasNotACandidate();

    @Message("A reward model is judged by its accuracy on held-out pairs, which stands in its manifest below.")
    String aRewardModelIsJudgedBy();

    @Message("Digest")
    String digest();

    @Message("Started from")
    String startedFrom();

    @Message("imported")
    String imported();

    @Message("Made by")
    String madeBy();

    @Message("Led to")
    String ledTo();

    @Message("Which examples")
    String whichExamples();
}
