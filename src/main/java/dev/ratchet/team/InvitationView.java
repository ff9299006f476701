package dev.ratchet.team;

import dev.ratchet.project.Invitations;

/**
 * What the page of an invitation shows.
 *
 * @param offer null where the link lets nobody in
 * @param signedIn the display name of who is signed in; null for nobody
 * @param name what was filled in, like {@code login}
 */
record InvitationView(String token, Invitations.Offer offer, String signedIn, String name, String login, String title,
        String problem) {}
