package dev.ratchet.lm;

import dev.ratchet.lm.jinja.Rendering;
import dev.ratchet.lm.jinja.Rendering.Span;
import dev.ratchet.lm.jinja.TemplateException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a rendered conversation the assistant says: those that {@code {% generation %}} marks, or else what
 * each of its turns adds to the rendering of the conversation before it.
 *
 * <p>The second way needs a template that writes the beginning of a conversation alike whatever follows: then what a
 * turn's prompt is in training is what it is when the model is asked.
 */
final class AssistantTurns {
    private AssistantTurns() {
    }

    /**
     * The spans of the assistant's turns in the rendering of the whole conversation.
     *
     * @throws TemplateException where the template marks nothing and is no prefix of itself over turns
     */
    static List<Span> of(ChatTemplate template, List<Message> conversation, Rendering whole) {
        if (!whole.generated().isEmpty()) {
            return whole.generated();
        }
        List<Span> spans = new ArrayList<>();
        for (int turn = 0; turn < conversation.size(); turn++) {
            if (conversation.get(turn).role().equals("assistant")) {
                String before = template.render(conversation.subList(0, turn), true);
                require(whole.text(), before, turn, "what comes before turn " + (turn + 1)
                        + " is written differently once its answer is there");
                String after = template.render(conversation.subList(0, turn + 1), false);
                require(whole.text(), after, turn, "turn " + (turn + 1)
                        + " is written differently once other turns follow");
                spans.add(new Span(before.length(), Math.max(before.length(), after.length())));
            }
        }
        return spans;
    }

    private static void require(String whole, String beginning, int turn, String reason) {
        if (!whole.startsWith(beginning)) {
            int at = 0;
            while (at < Math.min(whole.length(), beginning.length()) && whole.charAt(at) == beginning.charAt(at)) {
                at++;
            }
            throw new TemplateException("This chat template cannot be used to train on several turns: " + reason + " ('"
                    + excerpt(beginning, at) + "' becomes '" + excerpt(whole, at) + "'). Train on the last reply only,"
                    + " or give the model a template that marks the assistant's turns with {% generation %}.");
        }
    }

    private static String excerpt(String text, int at) {
        return text.substring(Math.max(0, at - 10), Math.min(text.length(), at + 20)).replace("\n", "\\n");
    }
}
