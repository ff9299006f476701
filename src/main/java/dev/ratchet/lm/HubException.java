package dev.ratchet.lm;

import java.io.IOException;

/** A hub refused, or gave what must not be used; trying again would not help. The message is one line. */
public final class HubException extends IOException {
    private static final long serialVersionUID = 1;

    HubException(String message) {
        super(message);
    }

    /** Refuses an answer that is no success; one that may pass is an ordinary failure. */
    static void check(HubConnection.Answer answer, String what) throws IOException {
        int status = answer.status();
        if (status == 200 || status == 206) {
            return;
        }
        answer.response().body().close();
        String reason = answer.header("X-Error-Message");
        String said = reason == null ? "" : " The hub says: " + reason.lines().findFirst().orElse("");
        switch (status) {
            case 401 -> throw new HubException(what + " needs a token, or does not exist (401): set HF_TOKEN to one"
                    + " that may read it, and check the name." + said);
            case 403 -> throw new HubException(what + " is not open to you (403): accept its terms on its page, and set"
                    + " HF_TOKEN to a token that may read it." + said);
            case 404 -> throw new HubException(what + " is not there (404): check owner, name and revision." + said);
            default -> {
                if (status == 429 || status >= 500) {
                    throw new IOException("the hub answered " + status);
                }
                throw new HubException(what + ": the hub answered " + status + "." + said);
            }
        }
    }
}
