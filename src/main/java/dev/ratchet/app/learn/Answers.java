package dev.ratchet.app.learn;

import dev.ratchet.examples.Lint;
import dev.ratchet.examples.Linted;
import dev.ratchet.examples.PromptSplit;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.reward.Judged;
import dev.ratchet.reward.PreferencePair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The answers of one row that are to be scored: one, or a chosen and a rejected one.
 *
 * @param row its line in the data, from 1
 * @param group a digest of its prompt
 */
record Answers(long row, String group, List<Judged> judged) {

    /** Reads pairs, or else prompts with completions: what the first of the two readings refuses less of. */
    static List<Answers> read(Path file, Lint lint, boolean dropRefused) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal("--data " + file + " is no file.");
        }
        Linted<PreferencePair> pairs = lint.preferences(file);
        Linted<SupervisedExample> single = pairs.refused() == 0 && !pairs.rows().isEmpty() ? null
                : lint.supervised(file);
        if (single == null || single.refused() >= pairs.refused() && !pairs.rows().isEmpty()) {
            return accepted(pairs, dropRefused).rows().stream().map(r -> pair(r.row(), r.value())).toList();
        }
        return accepted(single, dropRefused).rows().stream().map(r -> single(r.row(), r.value())).toList();
    }

    private static <T> Linted<T> accepted(Linted<T> linted, boolean dropRefused) {
        return dropRefused && !linted.rows().isEmpty() ? linted : linted.orFail();
    }

    private static Answers pair(long row, PreferencePair pair) {
        return new Answers(row, group(pair.conversation()), List.of(new Judged(pair.conversation(), pair.chosen()),
                new Judged(pair.conversation(), pair.rejected())));
    }

    private static Answers single(long row, SupervisedExample example) {
        if (example.conversation().isEmpty()) {
            throw new Refusal("Row " + row + " is a plain text: to be scored, an answer needs its prompt.");
        }
        return new Answers(row, group(example.conversation()),
                List.of(new Judged(example.conversation(), example.reply())));
    }

    private static String group(List<Message> conversation) {
        return Digest.of(PromptSplit.group(conversation));
    }
}
