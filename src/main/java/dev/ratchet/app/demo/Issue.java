package dev.ratchet.app.demo;

import java.util.List;

/**
 * One thing that customers write about: how they word it, how a reply may name it, and the steps that fit it.
 *
 * @param id unique in the scenario
 * @param named clauses that follow "I see that"; may hold {@code {item}} or {@code {device}}
 * @param steps imperative clauses without a capital or a full stop
 * @param families really different wordings of the complaint, with slots in braces
 */
public record Issue(String id, List<String> named, List<String> steps, List<String> families) {

    /** The split group of a family of wording, as {@code issue-id/family-index}. */
    public String splitGroup(int family) {
        return id + "/" + family;
    }
}
