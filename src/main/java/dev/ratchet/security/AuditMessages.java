package dev.ratchet.security;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the audit trail. */
@MessageBundle("audit")
public interface AuditMessages {
    @Message("Who changed what")
    String title();

    @Message("Every change of accounts, passwords, tokens, teams, groups and invitations, newest first. Nothing here "
            + "can be changed.")
    String lead();

    @Message("Every change of this project's team, groups and invitations, newest first. Nothing here can be changed.")
    String teamLead();

    @Message("When")
    String at();

    @Message("Who")
    String who();

    @Message("What")
    String what();

    @Message("On whom")
    String onWhom();

    @Message("Details")
    String details();

    @Message("Project")
    String project();

    @Message("Login of who did it")
    String actor();

    @Message("Login of whom")
    String account();

    @Message("All changes")
    String all();

    @Message("Show")
    String show();

    @Message("a command, or a newcomer with an invitation")
    String nobody();

    @Message("somebody who was forgotten")
    String forgotten();

    @Message("by a token")
    String byToken();

    @Message("Nothing was changed yet, or nothing that was asked for.")
    String none();

    @Message("Older changes")
    String older();

    /** What an action is called; {@code code} is an {@link AuditAction}'s. */
    @Message("{#switch code}"
            + "{#case 'account-made'}Account made"
            + "{#case 'account-role-changed'}Role of the account changed"
            + "{#case 'account-shut'}Account shut"
            + "{#case 'account-opened'}Account opened again"
            + "{#case 'password-changed'}Password changed"
            + "{#case 'password-reset'}Password given"
            + "{#case 'token-made'}Token made"
            + "{#case 'token-revoked'}Token revoked"
            + "{#case 'member-added'}Put into the team"
            + "{#case 'member-role-changed'}Role in the team changed"
            + "{#case 'member-tags-changed'}Languages and skills changed"
            + "{#case 'member-removed'}Taken out of the team"
            + "{#case 'project-opened'}Project opened"
            + "{#case 'project-closed'}Project closed"
            + "{#case 'group-made'}Group made"
            + "{#case 'group-changed'}Group changed"
            + "{#case 'group-deleted'}Group deleted"
            + "{#case 'group-joined'}Put into a group"
            + "{#case 'group-left'}Taken out of a group"
            + "{#case 'invitation-made'}Invitation made"
            + "{#case 'invitation-revoked'}Invitation taken back"
            + "{#case 'import-undone'}Import taken back"
            + "{/switch}")
    String action(String code);
}
