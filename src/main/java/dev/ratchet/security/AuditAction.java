package dev.ratchet.security;

import java.util.Arrays;
import java.util.Locale;

/** What was done, in the audit trail. */
public enum AuditAction {
    ACCOUNT_MADE,
    ACCOUNT_ROLE_CHANGED,
    ACCOUNT_SHUT,
    ACCOUNT_OPENED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    TOKEN_MADE,
    TOKEN_REVOKED,
    MEMBER_ADDED,
    MEMBER_ROLE_CHANGED,
    MEMBER_TAGS_CHANGED,
    MEMBER_REMOVED,
    PROJECT_OPENED,
    PROJECT_CLOSED,
    GROUP_MADE,
    GROUP_CHANGED,
    GROUP_DELETED,
    GROUP_JOINED,
    GROUP_LEFT,
    INVITATION_MADE,
    INVITATION_REVOKED,
    IMPORT_UNDONE;

    /** How it is stored and asked for: {@code member-added}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The codes of all. */
    static String[] codes() {
        return Arrays.stream(values()).map(AuditAction::code).toArray(String[]::new);
    }
}
