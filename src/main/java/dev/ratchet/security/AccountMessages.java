package dev.ratchet.security;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages Account and Accounts. */
@MessageBundle("account")
public interface AccountMessages {
    @Message("My account")
    String mine();

    @Message("{name}, {role}. Programs act for you by tokens; people sign in by password.")
    String lead(String name, String role);

    @Message("Change the password")
    String changePassword();

    @Message("Current password")
    String current();

    @Message("New password")
    String wanted();

    @Message("New password again")
    String again();

    @Message("8 to 72 bytes. A sentence that only you would write is better than a short puzzle.")
    String passwordHint();

    @Message("The password was changed. Other browsers are signed out; tokens still work.")
    String passwordChanged();

    @Message("API tokens")
    String tokens();

    @Message("No token yet. Make one for each program that works for you: it can be revoked alone, and says when it "
            + "was last used.")
    String noTokens();

    @Message("What uses it")
    String tokenName();

    @Message("May do")
    String scope();

    @Message("Works for days")
    String days();

    @Message("Make a token")
    String makeToken();

    @Message("This is the new token. It is shown only now: copy it into the program that uses it.")
    String shownOnce();

    @Message("The token was revoked: calls with it are refused from now on.")
    String revoked();

    @Message("Revoke")
    String revoke();

    @Message("Programs with the token {name} are refused at once.")
    String revokeAsks(String name);

    @Message("Until")
    String until();

    @Message("Last used")
    String lastUsed();

    @Message("never")
    String never();

    @Message("ran out")
    String ranOut();

    @Message("Accounts")
    String accounts();

    @Message("Who can sign in here, and what each may do. Teams of projects are made on their page Team.")
    String accountsLead();

    @Message("Person")
    String person();

    @Message("Login")
    String login();

    @Message("Name")
    String name();

    @Message("Role")
    String role();

    @Message("Since")
    String since();

    @Message("State")
    String state();

    @Message("in use")
    String inUse();

    @Message("shut")
    String shut();

    @Message("Change")
    String change();

    @Message("Role of {name}")
    String roleOf(String name);

    @Message("Set role")
    String setRole();

    @Message("Shut")
    String disable();

    @Message("{name} can no longer sign in, and tokens of the account stop to work. Ratings stay.")
    String disableAsks(String name);

    @Message("Open")
    String enable();

    @Message("New password")
    String resetPassword();

    @Message("The password of {name} is replaced by a random one, which is shown to you once.")
    String resetAsks(String name);

    @Message("New account")
    String newAccount();

    @Message("Make the account")
    String makeAccount();

    @Message("2 to 64 lower-case letters, digits, dots, dashes or underscores.")
    String loginHint();

    @Message("It gets a random password, shown to you once. To let people choose their own, invite them on the page "
            + "Team of a project.")
    String newAccountHint();

    @Message("Give {name} this password, shown only now. They change it on the page Account:")
    String passwordOf(String name);

    @Message("Next accounts")
    String next();

    @Message("That did not work")
    String failed();

    @Message("{name} is {role} now.")
    String roleChanged(String name, String role);

    @Message("The account of {name} is shut.")
    String disabled(String name);

    @Message("The account of {name} is open again.")
    String enabled(String name);
}
