package dev.ratchet.security;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sign-in page. */
@MessageBundle("signin")
public interface SignInMessages {
    @Message("Sign in")
    String title();

    @Message("Sign in to Ratchet")
    String heading();

    @Message("Your judgement makes the model better.")
    String purpose();

    @Message("That did not work")
    String failed();

    @Message("The login or the password is wrong. Nothing else happened; try again.")
    String failedDetail();

    @Message("Login")
    String login();

    @Message("Password")
    String password();

    @Message("No account, or no password? Ask the lead of your team: an administrator makes accounts.")
    String noAccount();
}
