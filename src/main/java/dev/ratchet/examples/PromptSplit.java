package dev.ratchet.examples;

import dev.ratchet.lm.Message;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Examples apart by their prompt: those of one prompt are on one side, and which side is decided by a hash of prompt
 * and seed, so that the split depends on nothing else than the data and the seed.
 */
public record PromptSplit<T>(List<T> training, List<T> heldOut) {
    private static final Set<String> PROMPT_ROLES = Set.of("user", "text");

    public PromptSplit {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * What decides which conversations count as one prompt: the first message that is the user's (or the text), in
     * Unicode's NFC, lower case, with single spaces. Dialogues that go on differently from there stay together.
     */
    public static String group(List<Message> conversation) {
        if (conversation.isEmpty()) {
            throw new IllegalArgumentException("A conversation without messages has no prompt to be split by.");
        }
        Message first = conversation.stream().filter(m -> PROMPT_ROLES.contains(m.role())).findFirst()
                .orElse(conversation.get(0));
        return Normalizer.normalize(first.content(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT)
                .replaceAll("(?U)\\s+", " ").strip();
    }

    /**
     * Holds out a number of examples, prompt by prompt in the order of SHA-256(seed, prompt); a prompt with more
     * examples than are left to hold out stays in training.
     *
     * @throws IllegalArgumentException where nothing would be left to train on
     */
    public static <T> PromptSplit<T> holdingOut(long count, List<T> examples, Function<T, List<Message>> prompt,
            long seed) {
        if (count < 0 || count >= Math.max(1, examples.size())) {
            throw new IllegalArgumentException("Holding out " + count + " of " + examples.size()
                    + " examples leaves nothing to train on.");
        }
        Map<String, Integer> sizes = new LinkedHashMap<>();
        List<String> groups = examples.stream().map(prompt).map(PromptSplit::group).toList();
        groups.forEach(g -> sizes.merge(g, 1, Integer::sum));
        Set<String> held = new HashSet<>();
        long left = count;
        for (String group : sizes.keySet().stream()
                .sorted(Comparator.comparing(g -> Repetitions.digest(seed + "\n" + g))).toList()) {
            if (sizes.get(group) <= left) {
                held.add(group);
                left -= sizes.get(group);
            }
        }
        List<T> training = new ArrayList<>();
        List<T> heldOut = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            (held.contains(groups.get(i)) ? heldOut : training).add(examples.get(i));
        }
        return new PromptSplit<>(training, heldOut);
    }

    /**
     * The same with a share of the examples.
     *
     * @param share 0 or more, below 1
     */
    public static <T> PromptSplit<T> holdingOutShare(double share, List<T> examples, Function<T, List<Message>> prompt,
            long seed) {
        if (!(share >= 0) || share >= 1) {
            throw new IllegalArgumentException("The share to hold out must be 0 or more and below 1, not "
                    + share + ".");
        }
        return holdingOut(Math.round(share * examples.size()), examples, prompt, seed);
    }
}
