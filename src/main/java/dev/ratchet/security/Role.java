package dev.ratchet.security;

/** What an account may do; the constants' names in lower case are the roles that endpoints ask for. */
public final class Role {
    public static final String REVIEWER = "reviewer";
    public static final String LEAD = "lead";
    public static final String ADMINISTRATOR = "administrator";

    private Role() {}
}
