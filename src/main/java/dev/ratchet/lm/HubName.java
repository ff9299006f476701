package dev.ratchet.lm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a hub: {@code hf:owner/name} or {@code hf:owner/name@revision}.
 *
 * @param revision a branch, tag or commit
 */
record HubName(String owner, String name, String revision) {
    static final String SCHEME = "hf:";
    private static final String PART = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?";
    private static final Pattern FORM = Pattern.compile("hf:(" + PART + ")/(" + PART + ")(?:@(" + PART + "(?:/" + PART
            + ")*))?");

    /** @throws ModelFormatException where the text is no such name */
    static HubName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.contains("..") || text.contains("--")) {
            throw new ModelFormatException("'" + text + "' is no name of a model: write hf:owner/name or"
                    + " hf:owner/name@revision.");
        }
        return new HubName(form.group(1), form.group(2), form.group(3) == null ? "main" : form.group(3));
    }

    /** {@code owner/name}, as it stands in addresses. */
    String repository() {
        return owner + "/" + name;
    }

    /** Whether the revision is a commit, which never changes. */
    boolean pinned() {
        return revision.matches("[0-9a-f]{40}");
    }

    @Override
    public String toString() {
        return SCHEME + repository() + (revision.equals("main") ? "" : "@" + revision);
    }
}
