package dev.ratchet.platform;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What stands on every page: the masthead and its links. */
@MessageBundle("page")
public interface PageMessages {
    @Message("Skip to the content")
    String skipLink();

    @Message("Ratchet, home")
    String home();

    @Message("Main")
    String mainNavigation();

    @Message("Queue")
    String queue();

    @Message("Projects")
    String projects();

    @Message("Switch between light and dark")
    String theme();

    @Message("Light or dark")
    String themeTitle();

    @Message("Sign out")
    String signOut();

    @Message("Are you sure?")
    String sure();

    @Message("Cancel")
    String cancel();

    @Message("Close")
    String close();

    @Message("just now")
    String justNow();
}
