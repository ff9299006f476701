package dev.ratchet.security;

import java.util.List;
import java.util.Set;

/** What an account may do: each role may do what those before it may. */
public final class Role {
    public static final String REVIEWER = "reviewer";
    public static final String LEAD = "lead";
    public static final String ADMINISTRATOR = "administrator";

    private Role() {}

    /** The role and those that may do less, least first. */
    public static List<String> upTo(String role) {
        return List.of(REVIEWER, LEAD, ADMINISTRATOR).stream().filter(implied(role)::contains).toList();
    }

    /** The roles that an account of this role acts in; empty when there is no such role. */
    static Set<String> implied(String role) {
        return switch (role) {
            case REVIEWER -> Set.of(REVIEWER);
            case LEAD -> Set.of(REVIEWER, LEAD);
            case ADMINISTRATOR -> Set.of(REVIEWER, LEAD, ADMINISTRATOR);
            default -> Set.of();
        };
    }
}
