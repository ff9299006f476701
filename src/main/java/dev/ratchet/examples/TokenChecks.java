package dev.ratchet.examples;

import dev.ratchet.lm.ContextLengthException;
import dev.ratchet.lm.ConversationEncoder;
import dev.ratchet.lm.Example;
import dev.ratchet.lm.Message;
import dev.ratchet.lm.SupervisedExample;
import dev.ratchet.lm.jinja.TemplateException;
import dev.ratchet.reward.PreferencePair;
import java.util.Arrays;
import java.util.List;

/** What a model's tokens show about an example. */
final class TokenChecks {
    private final ConversationEncoder encoder;
    private final int longest;
    private final String begin;
    private final String end;

    TokenChecks(ConversationEncoder encoder, int longest) {
        this.encoder = encoder;
        this.longest = longest;
        this.begin = encoder.tokenizer().special(encoder.beginToken());
        this.end = encoder.tokenizer().special(encoder.endToken());
    }

    /** An example's tokens, or how many there would be where they are more than the context holds. */
    private record Measured(Example example, int length) {
    }

    void pair(PreferencePair pair) throws RowException {
        boolean begins = prompt(pair.conversation());
        Measured chosen = measured(pair.conversation(), "chosen", pair.chosen(), begins);
        Measured rejected = measured(pair.conversation(), "rejected", pair.rejected(), begins);
        if (chosen.length > longest && rejected.length > longest) {
            throw new RowException(Fault.BOTH_OVER_LENGTH, "both answers are over length: with the prompt they have "
                    + chosen.length + " and " + rejected.length + " tokens of at most " + longest);
        }
        requireLength("chosen", chosen.length);
        requireLength("rejected", rejected.length);
        if (Arrays.equals(chosen.example.completion(), rejected.example.completion())) {
            throw new RowException(Fault.IDENTICAL_ANSWERS, "'chosen' and 'rejected' are the same tokens");
        }
    }

    void answer(List<Message> conversation, String reply) throws RowException {
        boolean begins = prompt(conversation);
        requireLength("completion", measured(conversation, "completion", reply, begins).length);
    }

    void supervised(SupervisedExample example) throws RowException {
        if (example.conversation().isEmpty()) {
            // A long text is cut into rows, and loses nothing.
            requireEnd("text", encoder.endToken());
            return;
        } else if (!example.everyTurn()) {
            answer(example.conversation(), example.reply());
            return;
        }
        prompt(example.conversation());
        try {
            Example tokens = encoder.example(example);
            requireEnd("the last turn", tokens.completion()[tokens.completion().length - 1]);
            requireLength("messages", tokens.length());
        } catch (ContextLengthException e) {
            requireLength("messages", e.tokens());
        } catch (TemplateException e) {
            throw new RowException(Fault.REFUSED_BY_TEMPLATE, e.getMessage());
        }
    }

    /** The prompt's tokens leave room for an answer, and begin once; whether anything writes a beginning. */
    boolean prompt(List<Message> conversation) throws RowException {
        int[] tokens;
        try {
            tokens = encoder.prompt(conversation);
        } catch (TemplateException e) {
            throw new RowException(Fault.REFUSED_BY_TEMPLATE, "the chat template refuses the prompt: "
                    + e.getMessage());
        }
        boolean begins = encoder.writesBeginning(conversation, tokens);
        requireOneBeginning("prompt", conversation.get(0).content(), begins);
        if (tokens.length > 1 && tokens[0] == encoder.beginToken() && tokens[1] == tokens[0]) {
            throw new RowException(Fault.DOUBLED_BOS, "the prompt's tokens begin with " + begin + " twice");
        }
        if (tokens.length >= longest) {
            throw new RowException(Fault.CUT_TO_NOTHING, "an answer would be cut to nothing: the prompt alone has "
                    + tokens.length + " tokens of at most " + longest);
        }
        return begins;
    }

    private Measured measured(List<Message> conversation, String name, String reply, boolean begins)
            throws RowException {
        requireOneBeginning(name, reply, begins);
        if (!Message.isText(conversation) && !end.isEmpty() && reply.stripTrailing().endsWith(end)) {
            throw new RowException(Fault.DOUBLED_EOS, "'" + name + "' spells " + end
                    + " at its end, which is added by itself");
        }
        try {
            Example example = encoder.example(conversation, reply);
            requireEnd(name, example.completion()[example.completion().length - 1]);
            return new Measured(example, example.length());
        } catch (ContextLengthException e) {
            return new Measured(null, Math.max(e.tokens(), longest + 1));
        } catch (TemplateException e) {
            throw new RowException(Fault.REFUSED_BY_TEMPLATE, "the chat template refuses '" + name + "': "
                    + e.getMessage());
        }
    }

    private void requireOneBeginning(String name, String text, boolean begins) throws RowException {
        if (begins && !begin.isEmpty() && text.stripLeading().startsWith(begin)) {
            throw new RowException(Fault.DOUBLED_BOS, "'" + name + "' spells " + begin
                    + " at its beginning, which is added by itself");
        }
    }

    private void requireEnd(String name, int last) throws RowException {
        if (!encoder.isEnd(last)) {
            throw new RowException(Fault.MISSING_EOS, "'" + name + "' does not end with an end-of-text token: the"
                    + " model's configuration names none (eos_token_id)");
        }
    }

    private void requireLength(String name, int length) throws RowException {
        if (length > longest) {
            throw new RowException(Fault.OVER_LENGTH, "'" + name + "' is over length: with the prompt it has " + length
                    + " tokens of at most " + longest);
        }
    }
}
