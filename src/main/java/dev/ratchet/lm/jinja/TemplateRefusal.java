package dev.ratchet.lm.jinja;

/** A template called {@code raise_exception}: the conversation is one that its model was not made for. */
public final class TemplateRefusal extends TemplateException {
    private static final long serialVersionUID = 1;

    public TemplateRefusal(String message) {
        super(message);
    }
}
