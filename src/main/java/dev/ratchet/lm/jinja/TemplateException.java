package dev.ratchet.lm.jinja;

/** A template that cannot be read, asks for what there is not, or breaks its bounds. */
public class TemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public TemplateException(String message) {
        super(message);
    }
}
