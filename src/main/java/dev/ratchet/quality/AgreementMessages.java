package dev.ratchet.quality;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the panel of agreement says. */
@MessageBundle("agree")
public interface AgreementMessages {
    @Message("Do reviewers agree?")
    String agreement();

    @Message("Krippendorff's alpha, {level}")
    String alphaOf(String level);

    @Message("{title}, version {version}: {units} units with two ratings or more.")
    String agreementOf(String title, int version, String units);

    @Message("No question here has a scale that reviewers could agree on: texts and marks have none.")
    String noScale();

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
}
