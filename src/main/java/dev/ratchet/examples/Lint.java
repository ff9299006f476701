package dev.ratchet.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.reward.PreferencePair;
import dev.ratchet.reward.UnpairedExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads examples and says of every row that cannot be learned from why not, before anything is trained.
 *
 * <p>With a model's encoder also what only tokens show: what is too long, ends nowhere or begins twice, or is refused
 * by the chat template.
 */
public final class Lint {
    private static final int KEPT = 1000;

    private final TokenChecks tokens;

    private Lint(TokenChecks tokens) {
        this.tokens = tokens;
    }

    /** A lint of texts alone. */
    public static Lint ofTexts() {
        return new Lint(null);
    }

    /**
     * A lint for a model.
     *
     * @param longest most tokens of a prompt with its answer, at most the model's context
     */
    public static Lint of(ConversationEncoder encoder, int longest) {
        return new Lint(new TokenChecks(encoder, longest));
    }

    /** Pairs in TRL's preference formats: see {@link PreferencePair}. */
    public Linted<PreferencePair> preferences(Path file) throws IOException {
        return read(file, new PreferenceRows(), tokens == null ? null : tokens::pair,
                p -> List.of(p.conversation(), p.chosen(), p.rejected()),
                p -> List.of(p.conversation(), p.rejected(), p.chosen()));
    }

    /** Judged answers in TRL's unpaired preference format. */
    public Linted<UnpairedExample> unpaired(Path file) throws IOException {
        return read(file, new UnpairedRows(), tokens == null ? null : e -> tokens.answer(e.conversation(), e.reply()),
                e -> List.of(e.conversation(), e.reply(), e.desirable()),
                e -> List.of(e.conversation(), e.reply(), !e.desirable()));
    }

    /** Dialogues, prompts with completions, or plain texts in TRL's formats. */
    public Linted<SupervisedExample> supervised(Path file) throws IOException {
        return read(file, new SupervisedRows(), tokens == null ? null : tokens::supervised, e -> e, null);
    }

    /** Prompts in TRL's prompt-only format. */
    public Linted<List<Message>> prompts(Path file) throws IOException {
        return read(file, new PromptRows(), tokens == null ? null : p -> tokens.prompt(p), p -> p, null);
    }

    /** A check of an example against a model. */
    interface Check<T> {
        void check(T example) throws RowException;
    }

    private static <T> Linted<T> read(Path file, RowFormat<T> format, Check<T> check, Function<T, Object> identity,
            Function<T, Object> opposite) throws IOException {
        List<Numbered<T>> rows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        Repetitions seen = new Repetitions();
        long refused = 0;
        try (JsonLines lines = new JsonLines(file)) {
            while (true) {
                try {
                    ObjectNode row = lines.next();
                    if (row == null) {
                        return new Linted<>(file, rows, refused, counts, problems);
                    }
                    T example = format.read(row);
                    if (check != null) {
                        check.check(example);
                    }
                    rows.add(new Numbered<>(lines.row(), example));
                    Problem warning = seen.add(lines.row(), identity.apply(example),
                            opposite == null ? null : opposite.apply(example));
                    if (warning != null) {
                        note(warning, problems, counts);
                    }
                } catch (RowException e) {
                    refused++;
                    note(new Problem(lines.row(), e.fault(), e.getMessage()), problems, counts);
                }
            }
        }
    }

    private static void note(Problem problem, List<Problem> problems, Map<Fault, Long> counts) {
        counts.merge(problem.fault(), 1L, Long::sum);
        if (problems.size() < KEPT) {
            problems.add(problem);
        }
    }
}
