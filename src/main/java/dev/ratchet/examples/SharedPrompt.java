package dev.ratchet.examples;

import java.util.List;

/** Where the prompt that two answers share ends, as TRL's {@code extract_prompt} finds it. */
final class SharedPrompt {
    private SharedPrompt() {
    }

    /**
     * The length of two texts' prompt: up to their first difference, without the space before it, so that the answers
     * begin with it. Where one text begins the other, its last character stays with the answers.
     */
    static int length(String chosen, String rejected) {
        int most = Math.min(chosen.length(), rejected.length());
        int at = 0;
        while (at < most && chosen.charAt(at) == rejected.charAt(at)) {
            at++;
        }
        if (at == most && at > 0) {
            return chosen.offsetByCodePoints(at, -1);
        }
        if (at > 0 && Character.isHighSurrogate(chosen.charAt(at - 1))) {
            at--;
        }
        return at > 0 && chosen.charAt(at - 1) == ' ' ? at - 1 : at;
    }

    /** The number of elements with which both begin, one of each left over. */
    static int length(List<?> chosen, List<?> rejected) {
        int most = Math.min(chosen.size(), rejected.size()) - 1;
        int at = 0;
        while (at < most && chosen.get(at).equals(rejected.get(at))) {
            at++;
        }
        return at;
    }
}
